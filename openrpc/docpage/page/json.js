// JSON that keeps its numbers as they are written: JSON.parse would round 9007199254740993.

// Num is a number as it is written.
export class Num {
	constructor(text) {
		this.text = text;
	}
	toString() {
		return this.text;
	}
}

const deepest = 1000; // levels of arrays and objects
const token = /[ \t\n\r]*(?:([{}[\],:])|(")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|$)/y;
const kinds = ['', 'mark', 'string', 'number', 'word'];

// Reader reads a text token by token; the last one has the kind "".
class Reader {
	constructor(source) {
		this.source = source;
		this.end = 0;
		this.next();
	}

	// next moves on, and returns the token that it has left.
	next() {
		const left = this.piece;
		this.piece = '';
		token.lastIndex = this.end;
		const found = token.exec(this.source) ?? this.fail('found something that is no JSON');
		const group = found.findLastIndex((part, i) => i > 0 && part);
		const from = token.lastIndex - (found[group]?.length ?? 0);
		this.kind = kinds[group] ?? '';
		this.end = this.kind === 'string' ? this.closing(from + 1) : token.lastIndex;
		this.piece = this.source.slice(from, this.end);
		return left;
	}

	// closing returns where a string is over. A pattern would not do: they have a limit.
	closing(from) {
		for (let i = from; this.source[i] >= ' '; i++) {
			if (this.source[i] === '"') return i + 1;
			if (this.source[i] === '\\') i++;
		}
		return this.fail('found a string that is not closed on its line');
	}

	fail(reason) {
		const before = this.source.slice(0, this.end - (this.piece?.length ?? 0)).split('\n');
		throw new Error(`line ${before.length}, column ${before.at(-1).length + 1}: ${reason}`);
	}

	// take moves on over a mark, if it is there.
	take(mark) {
		return this.kind === 'mark' && this.piece === mark && this.next();
	}

	want(mark) {
		return this.take(mark) || this.fail(`expected ${mark}, found ${this.piece || 'the end'}`);
	}

	value(depth = 0) {
		if (depth > deepest) this.fail(`found more than ${deepest} levels`);
		if (this.take('{')) return this.object(depth);
		if (this.take('[')) return this.array(depth);
		if (this.kind === 'string') return this.string();
		if (this.kind === 'number') return new Num(this.next());
		if (this.kind === 'word') return { true: true, false: false, null: null }[this.next()];
		return this.fail(`expected a value, found ${this.piece || 'the end'}`);
	}

	object(depth) {
		const object = Object.create(null);
		if (this.take('}')) return object;
		do {
			if (this.kind !== 'string') this.fail('expected a name in quotes');
			const name = this.string();
			this.want(':');
			object[name] = this.value(depth + 1);
		} while (this.take(','));
		this.want('}');
		return object;
	}

	array(depth) {
		const array = [];
		if (this.take(']')) return array;
		do array.push(this.value(depth + 1));
		while (this.take(','));
		this.want(']');
		return array;
	}

	string() {
		try {
			return JSON.parse(this.piece);
		} catch {
			return this.fail('found a \\ that JSON does not know');
		} finally {
			this.next();
		}
	}
}

// parse reads a text. Objects have no prototype, so that any name can be a member's.
export function parse(source) {
	const reader = new Reader(source);
	const value = reader.value();
	return reader.kind ? reader.fail(`expected the end, found ${reader.piece}`) : value;
}

// faultOf tells why a text is no JSON, "" where it is.
export function faultOf(source) {
	try {
		parse(source);
		return '';
	} catch (fault) {
		return fault.message;
	}
}

export const isObject = (value) => typeOf(value) === 'object';

// typeOf names the JSON type of a value.
export function typeOf(value) {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return value instanceof Num ? 'number' : typeof value;
}

// text and list take a value for what it should be.
export const text = (value) => (typeof value === 'string' ? value : '');
export const list = (value) => (Array.isArray(value) ? value : []);

// decoded decodes a part of an address, where it can.
export function decoded(part) {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

// print writes a value on one line.
export function print(value) {
	if (Array.isArray(value)) return `[${value.map(print).join(',')}]`;
	if (!isObject(value)) return value instanceof Num ? value.text : JSON.stringify(value);
	const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${print(member)}`);
	return `{${members.join(',')}}`;
}

// pieces splits a text of JSON into names, strings, numbers, words and marks, without blanks.
function* pieces(source) {
	const reader = new Reader(source);
	while (reader.kind) {
		const { kind } = reader;
		const piece = reader.next();
		yield [kind === 'string' && reader.piece === ':' ? 'name' : kind, piece];
	}
}

// layout lays a text of JSON out over lines: as pieces, with blanks as marks.
export function* layout(source) {
	let indent = '\n';
	let before = '';
	for (const [kind, piece] of pieces(source)) {
		const opened = /[[{]/.test(before);
		const closes = kind === 'mark' && /[\]}]/.test(piece);
		if (closes) indent = indent.slice(0, -2);
		if (before === ',' || opened !== closes) yield ['mark', indent];
		yield [kind, piece === ':' ? ': ' : piece];
		before = kind === 'mark' ? piece : '';
		if (/[[{]/.test(before)) indent += '  ';
	}
}

const joined = (parts) => Array.from(parts, ([, piece]) => piece).join('');

// pretty writes a text of JSON over lines, and compact on one.
export const pretty = (source) => joined(layout(source));
export const compact = (source) => joined(pieces(source));
