import assert from 'node:assert/strict';
import { answered, call, check, params } from './harness.js';

// Batches, the history, headers, and the theme.

const add = (page) => page.getByRole('button', { name: 'Add to batch' }).click();
const goto = (page, hash) => page.evaluate((to) => (location.hash = to), hash);

// collect makes a batch of calls: a method and the text of its params each.
async function collect(page, ...calls) {
	for (const [method, text] of calls) {
		await goto(page, `#${method}`);
		await page.getByRole('heading', { name: method }).waitFor();
		if (text) await params(page, text);
		await add(page);
	}
	await page.getByRole('link', { name: `Batch ${calls.length}` }).click();
}

const answersOf = (page) => page.locator('.call').evaluateAll((calls) => calls.map((one) => one.querySelector('.answer').textContent));

check('sends several calls together', '/', async (page) => {
	await collect(page, ['math.same', '[9007199254740993]'], ['fail.api'], ['notes.add'], ['text.echo', '{"value": 1.0}']);
	await page.locator('.call').nth(2).getByLabel('notification').check();
	await page.getByRole('button', { name: 'Send all' }).click();
	const answer = await answered(page);
	assert.match(await answer.locator('.verdict').first().textContent(), /^Answers: 3, errors: 1$/);
	const [same, api, note, echo] = await answersOf(page);
	assert.equal(same, 'Result9007199254740993');
	assert.match(api, /^Error -32010that is more than 3/);
	assert.equal(note, 'Notification');
	assert.equal(echo, 'Result1.0');
	await answer.getByText('Request as it was sent').click();
	assert.match(await answer.locator('details pre').first().textContent(), /^\[\{"jsonrpc":"2.0","method":"math.same","params":\[9007199254740993\],"id":\d+\},.*"notes.add"\},/);
});

check('edits and clears a batch', '/', async (page) => {
	await collect(page, ['math.add', '[1, 2]'], ['math.add', '[3, 4]']);
	const editor = page.getByLabel('params of math.add').first();
	await editor.fill('[1, 2');
	await page.keyboard.press('Control+Enter');
	await page.getByText('This is no JSON: line 1, column 6: expected ], found the end.').waitFor();
	assert.equal(await page.getByRole('region', { name: 'Answer' }).textContent(), '');
	await editor.fill('[1, 20]');
	await page.keyboard.press('Control+Enter');
	await answered(page);
	assert.deepEqual(await answersOf(page), ['Result21', 'Result7']);
	await page.getByRole('button', { name: 'remove math.add' }).first().click();
	assert.equal(await page.locator('.call').count(), 1);
	await page.getByRole('button', { name: 'Clear' }).click();
	await page.getByText('There is no call in it yet').waitFor();
	assert.ok(await page.getByRole('button', { name: 'Send all' }).isDisabled());
});

check('shows that all of a batch was refused, or has no answer', '/', async (page) => {
	await collect(page, ['notes.add'], ['notes.add']);
	for (const box of await page.getByLabel('notification').all()) await box.check();
	await page.getByRole('button', { name: 'Send all' }).click();
	let answer = await answered(page);
	assert.equal(await answer.locator('.verdict').first().textContent(), 'Accepted');
	assert.deepEqual(await answersOf(page), ['Notification', 'Notification']);
	await page.getByLabel('params of notes.add').first().fill(JSON.stringify(['x'.repeat(200_000)]));
	await page.getByRole('button', { name: 'Send all' }).click();
	await page.getByText('Too large').first().waitFor();
	answer = await answered(page);
	assert.equal(await answer.locator('.verdict').first().textContent(), 'Error -32813');
	assert.deepEqual(await answersOf(page), ['No answer', 'No answer']);
});

check('remembers calls, and sends them again', '/#math.add', async (page) => {
	await params(page, '[1, 2]');
	await call(page);
	await goto(page, '#fail.api');
	await page.getByRole('heading', { name: 'fail.api' }).waitFor();
	await call(page);
	const history = page.getByRole('dialog', { name: 'History' });
	await page.getByRole('button', { name: 'History' }).click();
	assert.deepEqual(await history.locator('.entry strong').allTextContents(), ['fail.api', 'Error -32010', 'math.add', 'Result']);
	await history.getByRole('button', { name: 'open math.add' }).click();
	await page.getByRole('heading', { name: 'math.add' }).waitFor();
	assert.equal(await page.getByLabel('As JSON').inputValue(), '[1, 2]');
	assert.match(await page.locator('.answer .tree').textContent(), /^3$/);
	await page.getByRole('button', { name: 'History' }).click();
	await history.getByRole('button', { name: 'replay fail.api' }).click();
	await page.getByRole('heading', { name: 'fail.api' }).waitFor();
	await page.getByRole('button', { name: 'History' }).click();
	await page.waitForFunction(() => document.querySelectorAll('.entry').length === 3);
	await history.getByRole('button', { name: 'Close' }).click();
	await collect(page, ['math.add', '[5, 6]'], ['notes.count']);
	await page.getByRole('button', { name: 'Send all' }).click();
	await answered(page);
	await page.getByRole('button', { name: 'Clear' }).click();
	await page.getByRole('button', { name: 'History' }).click();
	await history.getByRole('button', { name: 'replay 2 calls: math.add, …' }).click();
	await answered(page);
	assert.match((await answersOf(page))[0], /^Result11$/);
});

const storage = (page) => page.evaluate(() => JSON.stringify(localStorage));

check('sends headers, and keeps them only on request', '/guarded', async (page) => {
	await page.getByText('say the word').waitFor();
	await page.getByLabel('Search methods').fill('nothing is there yet');
	await page.getByRole('button', { name: 'Set headers' }).click();
	const dialog = page.getByRole('dialog');
	const set = async (name, value) => {
		await dialog.getByLabel('name').last().fill(name);
		await dialog.getByLabel('value').last().fill(value);
	};
	await set('Cookie', 'a=b');
	await dialog.getByText('Browsers do not let a page set Cookie.').waitFor();
	await set('Bad Name', 'x');
	await dialog.getByText('The name has letters, digits and dashes').waitFor();
	await set('Authorization', 'Bearer sesame');
	await dialog.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('link', { name: 'open', exact: true }).first().click();
	assert.match(await (await call(page)).locator('.tree').textContent(), /sesame/);
	assert.match(await page.locator('.bar + pre').last().textContent(), /-H 'Authorization: Bearer sesame'/);
	assert.equal(await storage(page), '{}');
	await page.reload();
	await page.getByText('say the word').waitFor();
	await page.getByRole('button', { name: 'Set headers' }).click();
	await set('Authorization', 'Bearer sesame');
	await dialog.getByLabel('Keep all this in this browser').check();
	await dialog.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('heading', { name: 'open' }).waitFor();
	await page.reload();
	await page.getByRole('heading', { name: 'open' }).waitFor();
	await page.getByRole('button', { name: 'Headers 1' }).click();
	await dialog.getByLabel('Keep all this in this browser').uncheck();
	assert.equal(await storage(page), '{}');
});

check('tells what is no description', '/broken', async (page) => {
	assert.equal(await page.locator('.verdict').textContent(), 'Refused: HTTP 500 Internal Server Error');
	await page.getByText('found no member "openrpc", want an OpenRPC document').waitFor();
});

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

check('is light or dark, as the system is or as is wanted', '/', async (page) => {
	const light = await ground(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	const dark = await ground(page);
	assert.notEqual(light, dark);
	const button = page.getByRole('button', { name: 'Dark' });
	await page.locator('#theme-button[aria-pressed=true]').waitFor();
	await button.click();
	assert.equal(await ground(page), light);
	await page.reload();
	assert.equal(await ground(page), light);
	await page.emulateMedia({ colorScheme: 'light' });
	assert.equal(await button.getAttribute('aria-pressed'), 'false');
	await button.click();
	assert.equal(await ground(page), dark);
});
