import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { call, check, params } from './harness.js';

// The audit of axe-core, in light, in dark and on a phone; and the phone itself.

const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const phone = { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true };

async function audit(page, what) {
	await page.evaluate(axe);
	const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	assert.ok(passes.length > 10, `${what}: the audit has looked at nothing`);
	assert.deepEqual(
		violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
		[],
		what,
	);
}

// states are what the audit looks at.
const states = {
	'the first page': ['#', async () => {}],
	'a form': ['#shop.order', (page) => params(page, '{"order":{"id":1,"note":null,"tags":["a"],"labels":{"a":1},"root":{"name":"x","parts":[{"name":"y"}]},"contact":{"mail":"a"},"x":1}}')],
	'a result': ['#text.echo', (page) => params(page, '{"value":{"a":[1,"x",null,true,{"b":{}}]}}').then(() => call(page))],
	faults: ['#shop.order', (page) => params(page, '{"order":{"small":300},"x":1}').then(() => call(page))],
	'an incident': ['#fail.private', call],
	'what is deprecated': ['#text.old', async () => {}],
	'no JSON': ['#text.echo', (page) => params(page, '{')],
	batch: [
		'#math.add',
		async (page) => {
			await page.getByRole('button', { name: 'Add to batch' }).click();
			await page.evaluate(() => (location.hash = '#/batch'));
			await page.getByRole('button', { name: 'Send all' }).click();
			await page.locator('.call .verdict').waitFor();
		},
	],
	history: ['#math.add', (page) => call(page).then(() => page.getByRole('button', { name: 'History' }).click())],
	headers: ['#', (page) => page.getByRole('button', { name: 'Headers' }).click()],
	help: ['#', (page) => page.getByRole('button', { name: 'Help' }).click()],
};

for (const [scheme, options] of Object.entries({ light: { colorScheme: 'light' }, dark: { colorScheme: 'dark' }, phone })) {
	check(`passes the audit: ${scheme}`, '/', async (page) => {
		for (const [what, [hash, act]] of Object.entries(states)) {
			await page.goto('about:blank');
			await page.goto(page.home + hash);
			await page.locator('h1').waitFor();
			await act(page);
			await audit(page, what);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			assert.ok(wide <= 0, `${what} is ${wide} pixels wider than the window`);
		}
	}, options);
}

check('has its list behind a button on a phone', '/', async (page) => {
	const menu = page.locator('#side');
	assert.ok(!(await menu.isVisible()));
	const button = page.getByRole('button', { name: 'Methods' });
	await button.tap();
	assert.equal(await button.getAttribute('aria-expanded'), 'true');
	await page.getByLabel('Search methods').fill('greet');
	await menu.getByRole('link', { name: 'greet' }).tap();
	await page.getByRole('heading', { name: 'text.greet' }).waitFor();
	assert.ok(!(await menu.isVisible()));
	await page.locator('.workbench').getByLabel('name', { exact: true }).fill('phone');
	assert.match(await (await call(page)).locator('.tree').textContent(), /Hello, phone!/);
	await button.tap();
	await page.keyboard.press('Escape');
	assert.ok(!(await menu.isVisible()));
}, phone);
