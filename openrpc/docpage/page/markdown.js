import { el, listing, outward } from './dom.js';

// A part of Markdown; everything else, markup above all, is text. Each pattern is bounded, so that no
// text takes long.

const fence = /^ {0,3}(```|~~~)/;
const heading = /^ {0,3}#{1,6} +(\S.*)$/;
const item = /^ {0,3}(?:([-*+•])|\d{1,9}[.)]) +(.*)$/;
const indented = /^(?:\t| {4})/;
const spans = new RegExp(
	[
		'(?<ticks>`{1,3})(?<code>[^`].{0,2000}?)\\k<ticks>(?!`)',
		'\\[(?<label>[^\\[\\]]{1,300})\\]\\((?<to>[^()\\s]{1,2000})\\)',
		'<?(?<bare>https?:\\/\\/[^\\s<>"`]{1,2000}[^\\s<>"`.,:;!?\')\\]])>?',
		'(?<stars>\\*{1,2})(?<em>[^\\s*][^*]{0,500})\\k<stars>',
	].join('|'),
	'gs',
);

// blocksOf reads a text as blocks: { tag, children }, whose children are such or texts.
export function blocksOf(source) {
	const lines = source.replaceAll('\r\n', '\n').split('\n');
	const blocks = [];
	for (let at = 0; at < lines.length; ) {
		const line = lines[at];
		if (!line.trim()) at++;
		else if (fence.test(line)) at = fenced(lines, at, blocks);
		else if (indented.test(line)) at = code(lines, at, blocks);
		else if (item.test(line)) at = bullets(lines, at, blocks);
		else at = paragraph(lines, at, blocks);
	}
	return blocks;
}

// Each of these reads a block that begins at a line, and returns the line behind it.

function fenced(lines, from, blocks) {
	const mark = fence.exec(lines[from])[1];
	let at = from + 1;
	while (at < lines.length && !lines[at].trim().startsWith(mark)) at++;
	blocks.push({ tag: 'pre', children: [lines.slice(from + 1, at).join('\n')] });
	return at + 1;
}

function code(lines, from, blocks) {
	let at = from;
	while (at < lines.length && (indented.test(lines[at]) || !lines[at].trim())) at++;
	const inner = lines.slice(from, at).map((line) => line.replace(indented, ''));
	blocks.push({ tag: 'pre', children: [inner.join('\n').trimEnd()] });
	return at;
}

function bullets(lines, at, blocks) {
	const kind = (line = '') => item.test(line) && (item.exec(line)[1] ? 'ul' : 'ol');
	const tag = kind(lines[at]);
	const children = [];
	while (kind(lines[at]) === tag) {
		const words = [item.exec(lines[at++])[2]];
		while (continues(lines[at])) words.push(lines[at++].trim());
		children.push({ tag: 'li', children: inline(words.join('\n')) });
		if (!lines[at]?.trim() && kind(lines[at + 1]) === tag) at++;
	}
	blocks.push({ tag, children });
	return at;
}

function paragraph(lines, from, blocks) {
	const head = heading.exec(lines[from]);
	let at = from + 1;
	while (!head && continues(lines[at])) at++;
	const source = head ? head[1] : lines.slice(from, at).join('\n');
	blocks.push({ tag: head ? 'h4' : 'p', children: inline(source) });
	return at;
}

const continues = (line = '') => line.trim() && ![item, fence, heading].some((begin) => begin.test(line));

function inline(source) {
	const children = [];
	let from = 0;
	for (const found of source.matchAll(spans)) {
		children.push(source.slice(from, found.index), span(found.groups));
		from = found.index + found[0].length;
	}
	return [...children, source.slice(from)].filter(Boolean);
}

function span({ code, label, to, bare, stars, em }) {
	if (code) return { tag: 'code', children: [code.trim()] };
	if (label) return { tag: 'a', to, children: [label] };
	if (bare) return { tag: 'a', to: bare, children: [bare] };
	return { tag: stars === '*' ? 'em' : 'strong', children: inline(em) };
}

// markdown renders a text.
export const markdown = (source) => el('div', 'markdown', blocksOf(source).map(rendered));

function rendered(node) {
	if (typeof node === 'string') return node;
	const { tag, to, children } = node;
	if (tag === 'a') return to.startsWith('#') ? el('a', { href: to }, children) : outward(to, children[0]);
	return tag === 'pre' ? listing(children) : el(tag, '', children.map(rendered));
}
