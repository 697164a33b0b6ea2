import { join } from 'node:path';
import { browse, serve } from './start.js';

// Takes a screenshot of each state of the page into a folder, or the one for the README alone:
//
//	node screenshots.js FOLDER
//	node screenshots.js image.png

const [target] = process.argv.slice(2);

const call = async (page) => {
	await page.getByRole('button', { name: /^(Call|Send all)$/ }).click();
	await page.getByRole('region', { name: 'Answer' }).locator('.verdict').waitFor();
};
const params = (page, text) => page.getByLabel('As JSON').fill(text);
const open = (name) => (page) => page.getByRole('button', { name }).click();

async function batch(page) {
	for (const [method, text] of [['pets.get', '[1]'], ['pets.get', '[99]'], ['pets.tag', '[2,"loud"]']]) {
		await page.evaluate((hash) => (location.hash = hash), method);
		await page.getByRole('heading', { name: method }).waitFor();
		await params(page, text);
		await page.getByRole('button', { name: 'Add to batch' }).click();
	}
	await page.evaluate(() => (location.hash = '#/batch'));
	await call(page);
}

// showcase is what the README shows: a call, with its first item open.
async function showcase(page) {
	await call(page);
	await page.locator('.tree summary', { hasText: '0:' }).click();
	await page.getByText('"Mia"').first().waitFor();
	await page.evaluate(() => scrollTo(0, 0));
}

// states are an address and what is done there.
const states = {
	overview: ['/petshop', async () => {}],
	search: ['/petshop', (page) => page.keyboard.press('/').then(() => page.keyboard.type('pet'))],
	method: ['/petshop#pets.change', async () => {}],
	result: ['/petshop#pets.list', call],
	form: ['/#shop.order', (page) => params(page, '{"order":{"id":9007199254740993,"level":"high","note":null,"tags":["a"],"labels":{"x":1},"root":{"name":"r","parts":[{"name":"p"}]},"contact":{"mail":"a@b"}}}')],
	json: ['/#text.echo', (page) => params(page, '{"value": [1, 2')],
	error: ['/petshop#orders.place', (page) => params(page, '{"pets":[],"address":{}}').then(() => call(page))],
	faults: ['/petshop#orders.place', (page) => params(page, '{"pets":["one"],"address":{"name":5}}').then(() => call(page))],
	incident: ['/#fail.private', call],
	notification: ['/#notes.add', open('Notify')],
	batch: ['/petshop', batch],
	history: ['/petshop#pets.get', (page) => call(page).then(() => open('History')(page))],
	headers: ['/guarded', open('Set headers')],
	refused: ['/guarded', async () => {}],
	help: ['/petshop', open('Help')],
	many: ['/many', async () => {}],
	hostile: ['/hostile', async () => {}],
};

const devices = {
	light: { viewport: { width: 1280, height: 860 } },
	dark: { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
	phone: { viewport: { width: 375, height: 760 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

async function shoot(browser, url, [address, act], device, path) {
	const context = await browser.newContext(device);
	const page = await context.newPage();
	await page.goto(url + address);
	await page.locator('h1').waitFor();
	await act(page);
	await page.screenshot({ path, animations: 'disabled' });
	await context.close();
}

const server = await serve(process.env.DOCPAGE_SERVER);
const browser = await browse();
try {
	if (target.endsWith('.png')) {
		await shoot(browser, server.url, ['/petshop#pets.list', showcase], { viewport: { width: 1200, height: 960 } }, target);
	} else {
		for (const [kind, device] of Object.entries(devices)) {
			for (const [name, state] of Object.entries(states)) await shoot(browser, server.url, state, device, join(target, `${name}-${kind}.png`));
		}
	}
} finally {
	await browser.close();
	server.stop();
}
