import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compact, faultOf, parse, pretty, print } from '../page/json.js';
import { blocksOf } from '../page/markdown.js';
import { outcomeOf } from '../page/outcome.js';
import { Shapes } from '../page/shape.js';

// The modules that need no browser.

test('JSON is read as it is written', () => {
	for (const [text, want = text] of [
		['null'], ['-0'], ['1e400'], ['1.10'], ['123456789012345678901234567890'], ['"\\u0041\\n"', '"A\\n"'], ['"\\ud800"'],
		[' [ 1 ,\n2 ] ', '[1,2]'], ['{"b":1,"a":{},"__proto__":[]}'], ['{"a":1,"a":2}', '{"a":2}'], ['[[],[[]],{}]'],
	]) {
		assert.equal(print(parse(text)), want);
		assert.equal(print(parse(pretty(text))), want);
		assert.equal(compact(pretty(text)), compact(text));
	}
	assert.equal(Object.getPrototypeOf(parse('{"__proto__":{"x":1}}')), null);
	assert.equal(pretty('{"a":[1,{}],"b":[],"c":"{}[]:,"}'), '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": [],\n  "c": "{}[]:,"\n}');
});

test('JSON takes what JSON.parse takes', () => {
	const deep = (n) => '['.repeat(n) + ']'.repeat(n);
	for (const text of ['', ' ', '{', '[1,]', '{"a":1,}', '{a:1}', "'a'", '"abc', '"a\tb"', '"\\x"', '"\\u12"', '01', '1.', '.5', '+1', '-', '1e', 'tru', 'nullx', '[1 2]', '[1]2', '{"a"}', '{"a":}', '{1:2}', ',', '\ufeff1', '1\u00a0', 'NaN', deep(1002)]) {
		assert.notEqual(faultOf(text), '', text);
	}
	for (const text of ['1', '"\\/"', '"\\\\"', '[]', ' {} ', 'true', '\t\r\n0\n', '"\u2028"', deep(1001)]) assert.equal(faultOf(text), '', text);
	assert.equal(faultOf('{"a"\n  1}'), 'line 2, column 3: expected :, found 1');
	const random = mulberry(1);
	for (let i = 0; i < 20_000; i++) {
		const text = Array.from({ length: 1 + random(8) }, () => '{}[],:"\\ 10-.etrunl'[random(19)]).join('');
		assert.equal(faultOf(text) === '', accepts(text), text);
	}
});

function accepts(text) {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

// mulberry makes random numbers below n, the same each time.
const mulberry = (seed) => (n) => {
	let t = (seed += 0x6d2b79f5);
	t = Math.imul(t ^ (t >>> 15), t | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return ((t ^ (t >>> 14)) >>> 0) % n;
};

test('Markdown is read in part', () => {
	const flat = (blocks) => blocks.map((node) => (typeof node === 'string' ? node : `<${node.tag}${node.to ? ` ${node.to}` : ''}>${flat(node.children)}</>`)).join('');
	for (const [text, want] of [
		['one\ntwo\n\nthree', '<p>one\ntwo</><p>three</>'],
		['# Head\ntext', '<h4>Head</><p>text</>'],
		['  - a\n    more\n  - b\n\n  - c\n1. d', '<ul><li>a\nmore</><li>b</><li>c</></><ol><li>d</></>'],
		['\tcode\n\n\t  more\ntext', '<pre>code\n\n  more</><p>text</>'],
		['```go\n<b>\n```\ntext', '<pre><b></><p>text</>'],
		['```\nopen', '<pre>open</>'],
		['a `b *c*` **d `e`** *f*', '<p>a <code>b *c*</> <strong>d <code>e</></> <em>f</></>'],
		['[a](https://b.c/d) <https://e.f> https://g.h/i?j=k.', '<p><a https://b.c/d>a</> <a https://e.f>https://e.f</> <a https://g.h/i?j=k>https://g.h/i?j=k</>.</>'],
		['<b>bold</b> &amp; \\*', '<p><b>bold</b> &amp; \\*</>'],
		['snake_case_name 2 * 3 * 4', '<p>snake_case_name 2 * 3 * 4</>'],
		['', ''],
	]) {
		assert.equal(flat(blocksOf(text)), want, text);
	}
});

test('Markdown takes no long time for any text', () => {
	for (const part of ['[', '`', '*a', '** ', '`a', 'https://', '#', '# a ', '- ', '\n', '[a](', '![a](b)', '1. ', '    a\n', '> ']) {
		const began = performance.now();
		blocksOf(part.repeat(100_000));
		blocksOf(`# ${part.repeat(100_000)}x`);
		assert.ok(performance.now() - began < 3000, part);
	}
});

test('shapes of schemas', () => {
	const document = parse(JSON.stringify({
		components: { schemas: {
			Pet: { title: 'Pet', type: 'object', properties: { id: { type: 'integer', format: 'int64', minimum: -5 }, mother: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'null' }] } }, required: ['id', 'mother'] },
			Loop: { $ref: '#/components/schemas/Loop' },
			Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
			'a/b~c d': { type: 'boolean' },
		} },
	}));
	const shapes = new Shapes(document);
	for (const [schema, kind, spelled, facts, initial] of [
		[true, 'any', 'any', '', null],
		[false, 'any', 'any', '', null],
		[{ type: 'null' }, 'null', 'null', '', null],
		[{ $ref: '#/components/schemas/Pet' }, 'object', 'Pet', '', { id: 0, mother: { id: 0, mother: null } }],
		[{ allOf: [{ $ref: '#/components/schemas/Pet' }], description: 'x' }, 'object', 'Pet', '', { id: 0, mother: { id: 0, mother: null } }],
		[{ $ref: '#/components/schemas/Loop' }, 'any', 'Loop', '', null],
		[{ $ref: '#/components/schemas/Tree' }, 'array', 'Tree', '', []],
		[{ $ref: '#/components/schemas/a~1b~0c%20d' }, 'boolean', 'a/b~c d', '', false],
		[{ $ref: '#/nowhere' }, 'any', 'any', '', null],
		[{ type: ['string', 'null'] }, 'string', 'string or null', '', ''],
		[{ type: ['string', 'integer'], default: 5 }, 'choice', 'string or integer', 'default 5', 5],
		[{ enum: ['a', 'b'] }, 'enum', '"a" or "b"', '', 'a'],
		[{ const: 1 }, 'enum', '1', '', 1],
		[{ type: 'object', additionalProperties: { type: 'boolean' } }, 'object', 'map of boolean', '', {}],
		[{ items: { type: 'boolean' }, minItems: 2 }, 'array', 'list of boolean', 'items: at least 2', [false, false]],
		[{ type: 'integer', minimum: 3, maximum: 255 }, 'integer', 'integer', 'at least 3, at most 255', 3],
		[{ type: 'integer', format: 'int64', minimum: 3 }, 'integer', 'integer', 'int64, at least 3', 3],
		[{ type: 5, properties: 'x', required: 7, enum: 'y', items: 8, minimum: {}, format: [], oneOf: {}, title: 1 }, 'object', 'object', 'at least {}', {}],
	]) {
		const parsed = parse(JSON.stringify(schema));
		const found = [shapes.of(parsed).kind, shapes.spell(parsed), shapes.of(parsed).facts, JSON.parse(print(shapes.initial(parsed)))];
		assert.deepEqual(found, [kind, spelled, facts, initial], JSON.stringify(schema));
	}
});

test('outcomes of answers', () => {
	const about = (text, more) => {
		const { kind, title } = outcomeOf({ status: 200, statusText: 'OK', headers: [], text, ...more });
		return `${kind}: ${title}`;
	};
	for (const [text, more, want] of [
		['{"jsonrpc":"2.0","result":null,"id":1}', {}, 'result: Result'],
		['{"result":1,"error":null,"id":1}', {}, 'result: Result'],
		['{"result":null,"error":{"code":1,"message":"x"},"id":1}', {}, 'error: Error 1'],
		['{"error":{"code":-32601,"message":"no"},"id":1}', {}, 'error: Error -32601 Method not found'],
		['{"error":{"code":"x"},"id":1}', {}, 'garbled: Not an answer of JSON-RPC'],
		['{"error":{"code":-32812,"message":"Overloaded"},"id":1}', { status: 503 }, 'error: Error -32812'],
		['[]', {}, 'garbled: Not an answer of JSON-RPC'],
		['', { status: 204 }, 'nothing: Accepted'],
		['x', { status: 404, statusText: '' }, 'refused: Refused: HTTP 404'],
		['{"jsonrpc":"2.0","result":1,"id":1}', { cut: true }, 'garbled: Not an answer of JSON-RPC'],
		['', { failure: 'network' }, 'network: No answer'],
		['', { failure: 'timeout', seconds: 5 }, 'timeout: Timeout'],
		['', { failure: 'aborted' }, 'aborted: Aborted'],
	]) {
		assert.equal(about(text, more), want, text);
	}
});
