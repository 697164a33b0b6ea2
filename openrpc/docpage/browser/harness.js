import { after, before, test } from 'node:test';
import { browse, serve } from './start.js';

// What all tests need: a server, a browser, and a page that nothing goes wrong in unnoticed.

const patience = 10_000; // milliseconds

let server;
let browser;

// url is where the test server is.
export let url;

before(async () => {
	server = await serve(process.env.DOCPAGE_SERVER);
	({ url } = server);
	browser = await browse();
});

after(async () => {
	await browser?.close();
	server?.stop();
});

// opened opens an address in a browser of its own, without anything that another test has left
// there. Errors in the page are collected in faults.
export async function opened(path, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
	context.setDefaultTimeout(patience);
	const page = await context.newPage();
	page.faults = [];
	page.on('pageerror', (error) => page.faults.push(String(error)));
	page.on('console', (message) => {
		const expected = /^Failed to load resource/.test(message.text()); // an answer with a status that a test wants
		if (message.type() === 'error' && !expected) page.faults.push(message.text());
	});
	page.home = path.startsWith('http') ? path : url + path;
	await page.goto(page.home);
	await page.locator('h1').waitFor();
	return page;
}

// check is a test with a page, which must have no faults at its end.
export function check(name, path, run, options) {
	test(name, async (t) => {
		const page = await opened(path, options);
		try {
			await run(page, t);
			if (page.faults.length > 0) throw new Error(`in the page: ${page.faults.join('\n')}`);
		} finally {
			await page.context().close();
		}
	});
}

// call calls the method that is shown, and returns the answer's place once it is there.
export async function call(page) {
	await page.getByRole('button', { name: 'Call', exact: true }).click();
	return answered(page);
}

export async function answered(page) {
	const answer = page.getByRole('region', { name: 'Answer' });
	await answer.locator('.verdict').waitFor();
	return answer;
}

// field is a field of the form.
export const field = (page, name) => page.locator('.workbench').getByLabel(name, { exact: true });

// params sets the text in the editor.
export const params = (page, text) => page.getByLabel('As JSON').fill(text);

// paramsOf returns what stands in the editor.
export const paramsOf = (page) => page.getByLabel('As JSON').inputValue();

// compacted is a text of JSON without blanks outside of strings.
export const compacted = (text) => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

// header sets a header under Headers.
export async function header(page, name, value) {
	await page.getByRole('button', { name: 'Headers', exact: false }).first().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('name').last().fill(name);
	await dialog.getByLabel('value').last().fill(value);
	await dialog.getByRole('button', { name: 'Close' }).click();
}
