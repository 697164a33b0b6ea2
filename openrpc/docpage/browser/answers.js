import assert from 'node:assert/strict';
import { answered, call, check, field, header, params } from './harness.js';

// What comes back, of each kind.

const verdict = (answer) => answer.locator('.verdict').first().textContent();

// kind opens a method, calls it, and looks at the answer.
function kind(name, hash, want, more) {
	check(`shows ${name}`, `/#${hash}`, async (page) => {
		const answer = await call(page);
		assert.equal(await verdict(answer), want);
		await more?.(answer, page);
	});
}

const says = (...texts) => async (answer) => {
	for (const text of texts) await answer.getByText(text).first().waitFor();
};

kind('an error of the API', 'fail.api', 'Error -32010', says('that is more than 3', 'An error of the API itself.', '"limit"'));
kind('an incident', 'fail.private', 'Error -32000', async (answer, page) => {
	await says('Server error', 'The log of the server has the cause under this id')(answer);
	await answer.getByRole('button', { name: 'Copy the id' }).click();
	await answer.getByRole('button', { name: 'Copied' }).waitFor();
	assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^[0-9a-f]{16}$/);
});
kind('a panic', 'fail.panic', 'Error -32603', says('Internal error', 'Incident'));
kind('a timeout of the server', 'fail.slow', 'Error -32811', says('Timeout', 'The server gave the call up at its deadline.'));
kind('what is too large', 'fail.large', 'Error -32813', says('Too large', '"response"'));

check('shows faults where they are', '/#shop.order', async (page) => {
	await params(page, '{"order":{"small":300,"root":{"parts":[{},{"name":5}]}},"more":1}');
	const answer = await call(page);
	assert.equal(await verdict(answer), 'Error -32602');
	await says('Invalid params', '/order/small', '/more')(answer);
	assert.equal(await page.evaluate(() => document.activeElement.value), '300');
	const faulty = page.locator('.slot.faulty');
	assert.equal(await faulty.first().locator('.hint').textContent(), 'Expected integer from 0 to 255, got number.');
	assert.equal(await faulty.nth(1).locator('.hint').textContent(), 'Expected no such parameter, got unknown.'.replace('no such parameter', await expectedOf(answer)));
	await params(page, '{"order":{"root":{"parts":[{},{"name":5}]}}}');
	await call(page);
	assert.equal(await page.locator('.slot.faulty label').textContent(), 'name');
});

// expectedOf reads what the answer says about an unknown parameter.
const expectedOf = async (answer) => /\/more Expected (.*), got unknown\./.exec(await answer.locator('li', { hasText: '/more' }).textContent())[1];

check('points at what is missing', '/#math.same', async (page) => {
	await params(page, '');
	await call(page);
	assert.match(await page.locator('.slot.faulty .hint').textContent(), /got missing/);
	assert.equal(await page.evaluate(() => document.activeElement.id), await field(page, 'n').getAttribute('id'));
});

check('sends a notification', '/#notes.add', async (page) => {
	await page.getByRole('button', { name: 'Notify' }).click();
	const answer = await answered(page);
	assert.equal(await verdict(answer), 'Accepted');
	assert.match(await answer.locator('.bar .note').first().textContent(), /HTTP 204/);
	await answer.getByText('Request as it was sent').click();
	assert.equal(await answer.locator('pre').first().textContent(), '{"jsonrpc":"2.0","method":"notes.add"}');
});

check('shows answers as a tree, over lines, and as they came', '/#text.echo', async (page) => {
	await params(page, '{"value": {"z": 1.10, "a": [9007199254740993, "\\u0041<b>"], "e": {}, "deep": {"er": {"still": [[]]}}}}');
	const answer = await call(page);
	const text = '{"jsonrpc":"2.0","result":{"z":1.10,"a":[9007199254740993,"\\u0041<b>"],"e":{},"deep":{"er":{"still":[[]]}}},"id":1}';
	await answer.getByLabel('Exact').first().check();
	assert.equal(await answer.locator('pre').first().textContent(), text);
	await answer.getByLabel('Pretty').first().check();
	assert.match(await answer.locator('pre').first().textContent(), /^\{\n {2}"jsonrpc": "2.0",\n {2}"result": \{\n {4}"z": 1.10,/);
	await answer.getByLabel('Result').check();
	assert.match(await answer.locator('.tree').textContent(), /"z": 1\.10.*9007199254740993.*"A<b>"/);
	const clipboard = async (button) => {
		await answer.getByRole('button', { name: button }).click();
		await answer.getByRole('button', { name: 'Copied' }).waitFor();
		return page.evaluate(() => navigator.clipboard.readText());
	};
	assert.equal(await clipboard('Copy answer'), text);
	await answer.getByRole('button', { name: 'Copy answer' }).waitFor();
	assert.match(await clipboard('Copy value'), /^\{\n {2}"z": 1\.10,/);
});

check('shows long answers in parts', '/#list.numbers', async (page) => {
	await params(page, '[250000]');
	const answer = await call(page);
	await answer.locator('summary').first().click();
	await answer.locator('.tree .leaf').nth(99).waitFor();
	assert.equal(await answer.locator('.tree .leaf').count(), 100);
	await answer.getByRole('button', { name: '100 more of 249900' }).click();
	assert.equal(await answer.locator('.tree .leaf').count(), 200);
	await answer.getByLabel('Exact').first().check();
	await answer.getByText('This is the beginning; copying takes all of it.').waitFor();
	assert.equal((await answer.locator('pre').first().textContent()).length, 1_000_000);
});

check('aborts a call', '/#fail.slow', async (page) => {
	await page.getByRole('button', { name: 'Call', exact: true }).click();
	await page.getByText('Waiting for the answer').waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Abort');
	await page.keyboard.press('Escape');
	const answer = await answered(page);
	assert.equal(await verdict(answer), 'Aborted');
	assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Call');
});

check('waits no longer than it is told to', '/#fail.slow', async (page) => {
	await page.getByRole('button', { name: 'Headers' }).click();
	await page.getByLabel('Wait for an answer').fill('1');
	await page.getByRole('button', { name: 'Close' }).click();
	const answer = await call(page);
	assert.equal(await verdict(answer), 'Timeout');
	await says('No answer within 1 s.')(answer);
});

// refusal asks the test server to answer as others do.
function refusal(odd, want, ...texts) {
	check(`shows the answer of another server: ${odd}`, '/#notes.count', async (page) => {
		await header(page, 'Odd', odd);
		const answer = await call(page);
		assert.equal(await verdict(answer), want);
		await says(...texts)(answer);
		assert.equal(await page.evaluate(() => window.hacked), undefined);
		page.faults = page.faults.filter((fault) => !fault.startsWith("Connecting to 'http://127.0.0.1:1/login' violates"));
	});
}

refusal('host', 'Refused: HTTP 403 Forbidden', 'the host "shop.example" is not served here: Options.Hosts allows more', 'The server does not let this request in.');
refusal('gateway', 'Refused: HTTP 502 Bad Gateway', '<h1>502 Bad Gateway</h1>');
refusal('incident', 'Refused: HTTP 500 Internal Server Error', 'Internal error, incident 0123456789abcdef', 'The log of the server has the cause under this id');
refusal('busy', 'Error -32812', 'Overloaded', 'It asks to wait 7 s before the next try.');
refusal('login', 'Not an answer of JSON-RPC', 'something else has answered, a login perhaps', '<title>Sign in</title>');
refusal('moved', 'Refused: HTTP 404 Not Found', 'Nothing is served at this address any more.');
refusal('away', 'No answer', 'A redirect to another site ends here, too.');
refusal('short', 'Not an answer of JSON-RPC', 'It is no JSON: line 1, column 36: expected ], found the end.');
refusal('other', 'Not an answer of JSON-RPC', 'It is JSON, but neither a result nor an error.', '{"hello":"world"}');
refusal('broken', 'No answer', 'the connection broke off', 'The browser says: Failed to fetch');

check('shows what the server refuses before it reads it', '/#text.echo', async (page) => {
	await header(page, 'Content-Type', 'text/plain');
	let answer = await call(page);
	assert.equal(await verdict(answer), 'Refused: HTTP 415 Unsupported Media Type');
	await says('found "text/plain", want application/json', 'Is there a Content-Type under Headers?')(answer);
	await header(page, 'Content-Type', 'application/json');
	await params(page, JSON.stringify({ value: 'x'.repeat(200_000) }));
	await page.getByText('These params are too long for a form.').waitFor();
	answer = await call(page);
	assert.equal(await verdict(answer), 'Error -32813');
	await says('Too large', '"limit": 100000')(answer);
	assert.match(await answer.locator('.bar .note').first().textContent(), /HTTP 413/);
});

check('shows that the server has no capacity', '/exact#notes.count', async (page) => {
	await page.evaluate(() => {
		const body = '{"jsonrpc":"2.0","method":"fail.slow","id":1}';
		window.held = Array.from({ length: 4 }, () => fetch('', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }));
	});
	let answer = await call(page);
	for (let i = 0; i < 50 && (await verdict(answer)) === 'Result'; i++) answer = await call(page); // until all four have come
	assert.equal(await verdict(answer), 'Error -32812');
	await says('Overloaded', 'It asks to wait 1 s before the next try.')(answer);
	assert.match(await answer.locator('.bar .note').first().textContent(), /HTTP 503/);
	await page.evaluate(() => Promise.all(window.held));
});
