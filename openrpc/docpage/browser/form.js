import assert from 'node:assert/strict';
import { call, check, compacted, field, params, paramsOf } from './harness.js';

// The form, and the JSON beside it.

const json = async (page) => compacted(await paramsOf(page));
const sent = async (page) => /"params":(.*),"id"/.exec(await call(page).then(exact(page)))[1];

// exact opens the request that was sent.
const exact = (page) => async (answer) => {
	await answer.getByText('Request as it was sent').click();
	return answer.locator('details pre').first().textContent();
};

check('calls by form, and shows the result', '/#math.add', async (page) => {
	assert.equal(await json(page), '{"a":2,"b":3}'); // the example
	await field(page, 'a').fill('40');
	assert.equal(await json(page), '{"a":40,"b":3}');
	const answer = await call(page);
	assert.equal(await answer.locator('.tree').textContent(), '43');
	assert.match(await answer.locator('.bar .note').textContent(), /^HTTP 200 OK · [\d.]+ ms · 36 bytes$/);
});

check('calls by JSON', '/#math.add', async (page) => {
	await params(page, '[9007199254740990, 3]');
	assert.ok(await page.getByLabel('by position').isChecked());
	assert.equal(await field(page, 'b').inputValue(), '3');
	const answer = await call(page);
	assert.equal(await answer.locator('.tree').textContent(), '9007199254740993');
});

check('keeps numbers as they are typed', '/#math.same', async (page) => {
	for (const number of ['123456789012345678901234567890.10', '-0', '1e400', '9007199254740993']) {
		await field(page, 'n').fill(number);
		assert.equal(await json(page), `{"n":${number}}`);
		assert.equal(await sent(page), `{"n":${number}}`);
		assert.equal(await page.locator('.answer .tree').textContent(), number);
	}
	await field(page, 'n').fill('12 apples');
	assert.equal(await json(page), '{"n":"12 apples"}');
	await page.getByText('This is no number: it is sent as a text.').waitFor();
});

check('leaves out what is optional', '/#text.greet', async (page) => {
	assert.equal(await paramsOf(page), '');
	await page.getByText('no params').waitFor({ state: 'hidden' });
	const name = field(page, 'name');
	assert.equal(await name.getAttribute('placeholder'), 'world');
	await name.fill('Ada');
	assert.equal(await json(page), '{"name":"Ada"}');
	assert.ok(await page.getByLabel('send name').isChecked());
	await field(page, 'loud').selectOption('true');
	assert.equal(await json(page), '{"name":"Ada","loud":true}');
	await page.getByRole('button', { name: 'null' }).click();
	assert.equal(await json(page), '{"name":"Ada","loud":null}');
	await page.getByLabel('send loud').uncheck();
	await page.getByLabel('send name').uncheck();
	assert.equal(await paramsOf(page), '');
	await page.getByLabel('send name').check();
	assert.equal(await json(page), '{"name":"Ada"}'); // what was typed is back
	await field(page, 'loud').selectOption('left out');
	assert.equal(await json(page), '{"name":"Ada"}');
});

check('puts optional params before a later one by position', '/#text.greet', async (page) => {
	await page.getByLabel('by position').check();
	await field(page, 'loud').selectOption('true');
	assert.equal(await json(page), '["world",true]');
	await page.getByLabel('by name').check();
	assert.equal(await json(page), '{"name":"world","loud":true}');
});

check('has a control for each kind of value', '/#shop.order', async (page) => {
	const form = page.locator('.workbench section').first();
	const one = (name) => field(page, name);
	await one('id').fill('9223372036854775807');
	await one('small').fill('255');
	await one('price').fill('1.10');
	await one('paid').selectOption('true');
	await one('level').selectOption('middle');
	await form.getByRole('button', { name: 'null' }).first().click(); // note
	await one('due').fill('2026-01-02T03:04:05Z');
	await one('photo').fill('aGk=');
	await one('extra').fill('{"any": [1.0]}');
	await form.getByLabel('send tags').check();
	const tags = form.getByRole('group', { name: 'tags' });
	await tags.getByRole('button', { name: 'Add an item' }).click();
	await page.keyboard.type('two\nlines'); // the new item has the focus
	await tags.getByRole('button', { name: 'Add an item' }).click();
	await tags.getByRole('button', { name: 'Add an item' }).click();
	await tags.getByLabel('2', { exact: true }).fill('last');
	await tags.getByRole('button', { name: 'remove 1' }).click();
	await form.getByLabel('send labels').check();
	await form.getByRole('group', { name: 'labels' }).getByRole('button', { name: 'Add a member' }).click();
	await page.keyboard.type('__proto__');
	await form.getByRole('group', { name: 'labels' }).getByRole('textbox').last().fill('7');
	await form.getByLabel('send contact').check();
	await form.getByLabel('contact', { exact: true }).selectOption('Phone');
	await one('number').fill('123');
	const want =
		'{"order":{"id":9223372036854775807,"small":255,"price":1.10,"paid":true,"level":"middle","note":null,"due":"2026-01-02T03:04:05Z","photo":"aGk=",' +
		'"tags":["two\\nlines","last"],"labels":{"__proto__":7},"contact":{"country":49,"number":"123"},"extra":{"any":[1.0]}}}';
	assert.equal(await json(page), want);
	await params(page, await paramsOf(page)); // the form anew, from the text
	await one('small').fill('254');
	assert.equal(await json(page), want.replace('255', '254'));
	const answer = await call(page);
	assert.match(await answer.locator('.verdict').textContent(), /^Result$/);
});

check('opens recursive values on demand', '/#shop.order', async (page) => {
	const form = page.locator('.workbench section').first();
	await form.getByLabel('send root').check();
	for (const level of [0, 1, 2]) {
		await form.getByLabel('name', { exact: true }).last().fill(`part ${level}`);
		await form.getByLabel('send spare').last().check();
	}
	await form.getByRole('button', { name: 'null' }).last().click();
	const inner = '{"name":"part 2","spare":{"spare":null}}';
	assert.equal(await json(page), `{"order":{"root":{"name":"part 0","spare":{"name":"part 1","spare":${inner}}}}}`);
});

check('shows what does not fit, and loses nothing', '/#shop.order', async (page) => {
	await params(page, '{"order":{"id":"one","note":"a\\r\\nb\\ud800","tags":5,"unknown":[1,{"a":null}]},"more":true}');
	await page.locator('.slot', { hasText: 'not in the description' }).first().waitFor();
	await field(page, 'price').fill(' 1 ');
	assert.equal(await json(page), '{"order":{"id":"one","price":1,"note":"a\\r\\nb\\ud800","tags":5,"unknown":[1,{"a":null}]},"more":true}');
	await page.getByRole('button', { name: 'remove more' }).click();
	assert.equal(await json(page), '{"order":{"id":"one","price":1,"note":"a\\r\\nb\\ud800","tags":5,"unknown":[1,{"a":null}]}}');
});

check('tells what is no JSON, and does not send it', '/#text.echo', async (page) => {
	await params(page, '{"value": [1, 2}');
	await page.getByText('No JSON yet: line 1, column 16: expected ], found }.').waitFor();
	await page.getByText('The form is back once the JSON is right.').waitFor();
	let requests = 0;
	page.on('request', () => requests++);
	await page.getByRole('button', { name: 'Call', exact: true }).click();
	assert.ok(await page.getByLabel('As JSON').evaluate((editor) => editor === document.activeElement));
	assert.equal(requests, 0);
	await params(page, '"text"');
	await page.getByText('Params are an object or an array.').waitFor();
	await params(page, '{"value": [1, 2]}');
	assert.equal(await field(page, 'value').inputValue(), '[1,2]');
});

check('takes variadic params, all names, and what is not described', '/#math.sum', async (page) => {
	await page.getByRole('button', { name: 'Add an item' }).click();
	await page.keyboard.type('1');
	await page.getByRole('button', { name: 'Add an item' }).click();
	await page.keyboard.press('Control+A');
	await page.keyboard.type('x');
	assert.equal(await json(page), '[1,"x"]');
	await call(page);
	await page.locator('.slot.faulty').getByText('Expected integer').waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.value), '"x"');
	await page.goto(page.url().replace(/#.*/, '#text.names'));
	await page.getByLabel('send params').check();
	await page.getByRole('button', { name: 'Add a member' }).click();
	await page.keyboard.type('a');
	assert.equal(await json(page), '[{"a":null}]');
	await page.goto(page.url().replace(/#.*/, '#raw'));
	await page.getByText('what it takes is not described').waitFor();
	await params(page, '{"x": 1.0}');
	assert.equal(await sent(page), '{"x":1.0}');
});

check('uses an example', '/#math.add', async (page) => {
	await params(page, '');
	await page.getByRole('button', { name: 'use the example two and three' }).click();
	assert.equal(await json(page), '{"a":2,"b":3}');
});
