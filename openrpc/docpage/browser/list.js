import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, check, opened } from './harness.js';

// The list, the search, addresses, and the keys.

const shown = (page) => page.locator('#menu a:visible').allTextContents();
const heading = (page) => page.locator('main h1').textContent();

check('lists the methods by namespace', '/', async (page) => {
	assert.equal(await heading(page), 'Kinds');
	assert.equal(await page.title(), 'Kinds');
	assert.deepEqual(await page.getByRole('region', { name: 'math' }).locator('a').allTextContents(), ['add', 'same', 'sum']);
	assert.deepEqual(await page.getByRole('region', { name: 'methods', exact: true }).locator('a').allTextContents(), ['a b/c?d#e%f&g=h', 'raw']);
	assert.equal(await page.locator('main').getByRole('link', { name: 'the guide' }).getAttribute('rel'), 'noopener noreferrer nofollow');
	assert.match(await page.locator('main').textContent(), /ContactAda.*LicenseMIT/);
});

check('searches names, summaries and parameters', '/', async (page) => {
	const search = page.getByLabel('Search methods');
	for (const [words, want] of [
		['math', ['add', 'same', 'sum']],
		['numbers add', ['add', 'sum']],
		['DIGITS', ['same']],
		['ключ', ['日本']],
		['loud', ['greet']],
		['nothing like it', []],
		['', undefined],
	]) {
		await search.fill(words);
		assert.deepEqual(await shown(page), want ?? (await page.locator('#menu a').allTextContents()), words);
	}
	await search.fill('nothing like it');
	await page.getByText('No method has all of these words.').waitFor();
});

check('opens what an address names', '/#math.add', async (page) => {
	assert.equal(await heading(page), 'math.add');
	assert.equal(await page.title(), 'math.add · Kinds');
	assert.equal(await page.locator('#menu [aria-current]').textContent(), 'add');
	for (const [hash, want] of [
		['#text.echo', 'text.echo'],
		[`#${encodeURIComponent('größe.日本')}`, 'größe.日本'],
		[`#${encodeURIComponent('a b/c?d#e%f&g=h')}`, 'a b/c?d#e%f&g=h'],
		['#no.such', 'No such method'],
		['#%E0%A4%A', 'No such method'],
		['#/batch', 'Batch'],
		['#', 'Kinds'],
	]) {
		await page.evaluate((to) => (location.hash = to), hash);
		await page.waitForFunction((text) => document.querySelector('main h1').textContent === text, want);
	}
});

check('opens params with an address, and calls nothing', `/#${encodeURIComponent('notes.add')}?${encodeURIComponent('{"a":1}')}`, async (page) => {
	assert.equal(await page.getByLabel('As JSON').inputValue(), '{"a":1}');
	await page.evaluate(() => (location.hash = '#notes.count'));
	await page.getByRole('button', { name: 'Call', exact: true }).click();
	await answered(page);
	assert.match(await page.locator('.tree').textContent(), /^0/);
});

check('copies a link with the params', '/#math.add', async (page) => {
	await page.getByLabel('As JSON').fill('{"a": 9007199254740993, "b": 1.10}');
	await page.getByRole('button', { name: 'Copy link' }).click();
	await page.getByRole('button', { name: 'Copied' }).waitFor();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	const other = await opened(link);
	assert.equal(await other.getByLabel('As JSON').inputValue(), '{"a":9007199254740993,"b":1.10}');
	await other.context().close();
});

check('keeps what was entered while another method is shown', '/#text.echo', async (page) => {
	await page.getByLabel('As JSON').fill('[1]');
	await page.getByRole('link', { name: 'add' }).first().click();
	await page.goBack();
	assert.equal(await page.getByLabel('As JSON').inputValue(), '[1]');
});

check('is used with the keyboard alone', '/', async (page) => {
	const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
	const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
	await press('/');
	assert.equal(await focused(), 'search');
	await page.keyboard.type('math.s');
	await press('ArrowDown', 'ArrowDown');
	assert.equal(await focused(), 'sum');
	await press('ArrowUp', 'ArrowUp');
	assert.equal(await focused(), 'search');
	await press('Escape');
	await page.keyboard.type('greet');
	await press('Enter');
	await page.waitForFunction(() => document.activeElement.textContent === 'text.greet');
	await press('Tab', 'Tab', 'Tab');
	await page.keyboard.type('Ada');
	assert.equal(await page.getByLabel('As JSON').inputValue(), '{\n  "name": "Ada"\n}');
	await press('Control+Enter');
	await answered(page);
	assert.match(await page.locator('.tree').textContent(), /Hello, Ada!/);
	await page.locator('h1').focus();
	await press('?');
	await page.getByRole('dialog', { name: 'Help' }).waitFor();
	await press('Escape');
	assert.equal(await page.getByRole('dialog').count(), 0);
});

test('is quick with a thousand methods', async (t) => {
	const page = await opened('/many');
	assert.equal(await page.locator('#menu a').count(), 1001);
	const took = await page.evaluate(() => {
		const search = document.getElementById('search');
		const began = performance.now();
		for (const words of ['m', 'me', 'method99', 'thing 7', '']) {
			search.value = words;
			search.dispatchEvent(new Event('input'));
			document.body.getBoundingClientRect(); // lays it out
		}
		return (performance.now() - began) / 5;
	});
	t.diagnostic(`a search takes ${took.toFixed(1)} ms`);
	assert.ok(took < 200, `a search takes ${took} ms`);
	await page.context().close();
});

check('tells that there is nothing to call', '/empty', async (page) => {
	assert.match(await page.locator('main').textContent(), /There are no methods yet/);
});

check('shows long docs in part', '/#text.long', async (page) => {
	assert.ok((await page.locator('header .markdown p').count()) < 50);
	await page.getByText('More', { exact: true }).click();
	await page.waitForFunction(() => document.querySelectorAll('header .markdown p').length === 500);
});
