import { decoded, isObject, list, Num, print, text, typeOf } from './json.js';

// A shape is what a schema comes down to. Schemas inside of it are left as they are until somebody
// asks for their shapes: so recursion ends where nobody looks.

const called = Symbol('the name that a schema is referred to by');
const nullable = Symbol('null is one of its values');
const farthest = 50; // schemas on the way to what one comes down to
const nothing = { description: 'No value is allowed here.' };
const circle = { description: 'The schema refers to itself alone.' };
const anything = {};

// Shapes finds the shapes of a document's schemas.
export class Shapes {
	constructor(document) {
		this.document = document;
		this.flats = new WeakMap();
		this.known = new WeakMap();
	}

	of(schema) {
		const flat = this.flat(schema);
		if (!this.known.has(flat)) this.known.set(flat, shapeOf(flat));
		return this.known.get(flat);
	}

	// flat replaces what leads to other schemas by what they say: $ref, allOf, a choice of one.
	flat(schema, around = []) {
		if (!isObject(schema)) return schema === false ? nothing : anything;
		if (around.includes(schema) || around.length > farthest) return circle;
		if (!this.flats.has(schema)) this.flats.set(schema, this.flatten(schema, [...around, schema]));
		return this.flats.get(schema);
	}

	flatten(schema, inside) {
		const { $ref, allOf, ...own } = schema;
		let flat = text($ref) ? merged(own, this.referred($ref, inside)) : own;
		for (const part of list(allOf)) flat = merged(flat, this.flat(part, inside));
		const { anyOf, oneOf, ...rest } = flat;
		const choices = choicesOf(flat);
		if (choices.length > 1 || (!anyOf && !oneOf)) return flat;
		return { ...merged(rest, this.flat(choices[0], inside)), [nullable]: isNullable(flat) };
	}

	referred(reference, around) {
		const parts = reference.split('/').map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'));
		let target = parts[0] === '#' ? this.document : undefined;
		for (const part of parts.slice(1)) target = Object.hasOwn(target ?? {}, part) ? target[part] : undefined;
		if (target === undefined) return { description: `The reference ${reference} leads nowhere.` };
		return { ...this.flat(target, around), [called]: parts.at(-1) };
	}

	// fits tells whether a value is one of a schema, as far as a form has to know.
	fits(schema, value, depth = 3) {
		const shape = this.of(schema);
		if (value === null && shape.nullable) return true;
		if (!isKind(shape, value)) return false;
		const inner = (schema, value) => depth === 0 || this.fits(schema, value, depth - 1);
		if (shape.kind === 'choice') return shape.choices.some((choice) => inner(choice, value));
		if (shape.kind === 'array') return value.slice(0, 20).every((item, i) => inner(shape.item(i), item));
		if (shape.kind !== 'object' || depth === 0) return true;
		const { properties, required, others } = shape;
		const fitting = (name) => (properties.has(name) ? inner(properties.get(name), value[name]) : others !== false);
		return required.every((name) => name in value) && Object.keys(value).every(fitting);
	}

	// initial returns a value to begin with: the least that the schema allows, in so many parts.
	initial(schema, around = [], budget = { parts: 100 }) {
		const shape = this.of(schema);
		if (shape.initial !== undefined) return shape.initial;
		if (around.includes(shape) || budget.parts-- < 0) return null;
		const inner = (schema) => this.initial(schema, [...around, shape], budget);
		const { kind, choices, least, item, required, properties } = shape;
		if (kind === 'choice') return inner(choices[0]);
		if (kind === 'array') return Array.from({ length: least }, (_, i) => inner(item(i)));
		if (kind === 'object') return Object.fromEntries(required.map((name) => [name, inner(properties.get(name))]));
		return null;
	}

	// spell names what a schema wants in a few words.
	spell(schema, depth = 3) {
		const shape = this.of(schema);
		const or = shape.nullable && shape.kind !== 'null' ? ' or null' : '';
		return (shape.name || (depth > 0 && this.spellKind(shape, depth)) || shape.kind) + or;
	}

	spellKind({ kind, choices, item, properties, others, values }, depth) {
		const inner = (schema) => this.spell(schema, depth - 1);
		if (kind === 'choice') return [...new Set(choices.slice(0, 6).map(inner))].join(' or ');
		if (kind === 'array') return `list of ${inner(item(0))}`;
		if (kind === 'object') return properties.size === 0 && isObject(others) && `map of ${inner(others)}`;
		if (kind === 'enum') return values.length > 4 ? `one of ${values.length} values` : values.map(print).join(' or ');
	}
}

const isNull = (schema) => schema?.type === 'null' || schema?.const === null;
const alternatives = (flat) => [...list(flat.oneOf), ...list(flat.anyOf)];
const choicesOf = (flat) => alternatives(flat).filter((schema) => !isNull(schema));
const isNullable = (flat) => flat[nullable] || [flat.type].flat().includes('null') || alternatives(flat).some(isNull);

// merged adds to flat what it does not say yet.
function merged(flat, other) {
	const properties = { ...flat.properties, ...other.properties, ...flat.properties };
	const required = [...new Set([...list(flat.required), ...list(other.required)])];
	const both = { ...other, ...flat, required };
	return Object.keys(properties).length > 0 ? { ...both, properties } : both;
}

function isKind({ kind, values }, value) {
	if (kind === 'enum') return values.some((known) => print(known) === print(value));
	if (kind === 'integer') return value instanceof Num && /^-?\d+$/.test(value.text);
	return kind === 'any' || kind === 'choice' || kind === typeOf(value);
}

// shapeOf finds the shape of a flat schema.
function shapeOf(flat) {
	const shape = {
		...kindOf(flat),
		name: text(flat[called]) || text(flat.title),
		about: text(flat.description),
		byDefault: flat.default,
		facts: facts(flat),
		nullable: isNullable(flat),
	};
	if (shape.kind === 'any' && shape.nullable) shape.kind = 'null';
	shape.initial = flat.default ?? list(flat.examples)[0] ?? simplest(shape, flat);
	return shape;
}

const types = ['boolean', 'string', 'number', 'integer', 'array', 'object'];

function kindOf(flat) {
	const wanted = [flat.type].flat().filter((type) => types.includes(type));
	const choices = choicesOf(flat);
	const { oneOf, anyOf, title, description, default: byDefault, examples, [called]: name, ...rest } = flat;
	if ('const' in flat) return { kind: 'enum', values: [flat.const] };
	if (list(flat.enum).length > 0) return { kind: 'enum', values: flat.enum };
	if (choices.length > 0) return { kind: 'choice', choices: choices.map((schema) => (flat.properties ? { allOf: [schema, rest] } : schema)) };
	if (wanted.length > 1) return { kind: 'choice', choices: wanted.map((type) => ({ ...rest, type })) };
	const object = flat.properties || isObject(flat.additionalProperties);
	return { kind: wanted[0] ?? (object ? 'object' : flat.items ? 'array' : 'any'), ...insideOf(flat) };
}

// insideOf tells what is inside of an object or an array. others is the schema of members that have
// no property.
function insideOf(flat) {
	const properties = new Map(Object.entries(isObject(flat.properties) ? flat.properties : {}));
	return {
		properties,
		required: list(flat.required).filter((name) => properties.has(name)),
		others: flat.additionalProperties,
		item: (i) => (Array.isArray(flat.items) ? flat.items[i] : flat.items) ?? true,
		least: Math.min(Math.max(Math.floor(number(flat.minItems)), 0), 20) || 0,
	};
}

const number = (value) => (value instanceof Num ? value.text : 0);

function simplest({ kind, values }, flat) {
	if (kind === 'enum') return values[0];
	if (kind === 'boolean') return false;
	if (kind === 'string') return flat.format === 'date-time' ? new Date().toISOString() : '';
	if (kind === 'integer' || kind === 'number') return new Num(number(flat.minimum) > 0 ? number(flat.minimum) : '0');
}

const sizes = {
	'-9223372036854775808 9223372036854775807': 'int64',
	'0 18446744073709551615': 'uint64',
};

const limits = {
	minimum: 'at least',
	maximum: 'at most',
	minLength: 'characters: at least',
	maxLength: 'characters: at most',
	minItems: 'items: at least',
	maxItems: 'items: at most',
	pattern: 'pattern',
	default: 'default',
};

// facts says what else a schema wants.
function facts(flat) {
	const { minimum, maximum, ...rest } = flat;
	const size = sizes[`${number(minimum)} ${number(maximum)}`];
	const known = Object.entries(limits).filter(([keyword]) => (size ? rest : flat)[keyword] !== undefined);
	const words = known.map(([keyword, words]) => `${words} ${print(flat[keyword])}`);
	return [size, text(flat.format), text(flat.contentEncoding), ...words].filter(Boolean).join(', ');
}
