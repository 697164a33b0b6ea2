import { button, el, more } from './dom.js';
import { isObject, layout, print, typeOf } from './json.js';

// Values are shown as a tree whose branches are made when they are opened.

const many = 100; // members that are shown at once
const few = 12; // members up to which a branch is open at first
const colourful = 100_000; // characters up to which a text has colours

// tree shows a value.
export const tree = (value) => el('div', 'tree', branch('', value, 0));

function branch(name, value, depth) {
	const label = name && [el('span', 'name', name), ': '];
	const names = isObject(value) || Array.isArray(value) ? Object.keys(value) : [];
	if (names.length === 0) return el('div', 'leaf', label, el('span', typeOf(value), print(value)));
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	const count = el('span', 'note', ` ${names.length} `);
	const inner = el('div', 'inner');
	const content = () => members(inner, value, names, 0, depth + 1);
	return more([label, open, count, close], content, depth < 2 && names.length <= few);
}

// members adds the next members of a value.
function members(inner, value, names, from, depth) {
	for (const name of names.slice(from, from + many)) {
		inner.append(branch(Array.isArray(value) ? name : JSON.stringify(name), value[name], depth));
	}
	const left = names.length - from - many;
	if (left > 0) {
		const rest = button(`${Math.min(left, many)} more of ${left}`, () => {
			rest.remove();
			members(inner, value, names, from + many, depth);
		});
		inner.append(rest);
	}
	return inner;
}

// coloured shows a text of JSON over lines.
export function coloured(source) {
	const parts = [];
	for (const [kind, piece] of layout(source)) {
		if (kind !== 'mark' && source.length < colourful) parts.push(el('span', kind, piece));
		else if (typeof parts.at(-1) === 'string') parts.push(parts.pop() + piece);
		else parts.push(piece);
	}
	return parts;
}
