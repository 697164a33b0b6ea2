import { button, el, listing, more } from './dom.js';
import { pretty, print } from './json.js';
import { markdown } from './markdown.js';
import { coloured } from './tree.js';

// reference tells what a method returns, its errors and its examples, whose params can be used.
export function reference({ result, errors, examples }, shapes, use) {
	return [
		result && section('Returns', result.about && markdown(result.about), schemaView(shapes, result.schema)),
		errors.length > 0 && section('Errors', el('dl', 'pairs', errors.map(errorView))),
		examples.length > 0 && section('Examples', examples.map((example) => exampleView(example, use))),
	];
}

const section = (title, ...content) => el('section', '', el('h2', '', title), content);

const errorView = ({ code, message, data }) => [
	el('dt', '', el('code', '', code)),
	el('dd', '', message, data !== undefined && listing(coloured(print(data)))),
];

function exampleView({ name, about, params, result }, use) {
	const source = pretty(print(params));
	const bar = el('div', 'bar', el('strong', '', name), button('Use', () => use(source), { 'aria-label': `use the example ${name}` }));
	return [bar, about && markdown(about), listing(coloured(source)), result !== undefined && [el('p', 'note', 'gives'), listing(coloured(print(result)))]];
}

// schemaView shows what a schema is made of. What is inside of it is made when it is opened.
function schemaView(shapes, schema) {
	const shape = shapes.of(schema);
	const values = shape.kind === 'enum' && shape.values.map((value) => [el('code', '', print(value)), ' ']);
	const parts = partsOf(shape).map((part) => partView(shapes, ...part));
	return el('div', 'schema', typeView(shapes, schema), values && el('p', '', values), shape.about && markdown(shape.about), parts);
}

// typeView names a type, with what else is wanted.
export function typeView(shapes, schema) {
	const { facts } = shapes.of(schema);
	return el('span', 'type', shapes.spell(schema), facts && ` · ${facts}`);
}

function partView(shapes, name, schema, note) {
	const shape = shapes.of(schema);
	const { kind } = shape.kind === 'array' ? shapes.of(shape.item(0)) : shape;
	const label = [el('code', '', name), ' ', typeView(shapes, schema), ' ', note && el('span', 'note', note)];
	return shape.about || !simple.includes(kind) ? more(label, () => schemaView(shapes, schema)) : el('div', 'leaf', label);
}

const simple = ['any', 'null', 'boolean', 'string', 'number', 'integer'];

// partsOf lists what a shape is made of: a name, a schema and a note each.
function partsOf({ kind, properties, required, others, item, choices }) {
	if (kind === 'array') return [['each item', item(0)]];
	if (kind === 'choice') return choices.map((schema) => ['either', schema]);
	if (kind !== 'object') return [];
	const named = [...properties].map(([name, schema]) => [name, schema, !required.includes(name) && 'may be left out']);
	return others ? [...named, ['any other name', others]] : named;
}
