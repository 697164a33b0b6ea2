import assert from 'node:assert/strict';
import { call, check } from './harness.js';

// Whatever a document or an answer says, it is text.

// harmless looks for what nothing in the page may have made.
async function harmless(page) {
	const found = await page.evaluate(() => ({
		hacked: window.hacked,
		elements: document.querySelectorAll('main img, main svg, main iframe, main object, main script, [onerror], [onload], [onclick], [style], base').length,
		links: [...document.querySelectorAll('a[href]')].map((link) => link.protocol).filter((protocol) => !/^(https?|mailto):$/.test(protocol)),
	}));
	assert.deepEqual(found, { hacked: undefined, elements: 0, links: [] });
}

check('shows a hostile document as text', '/hostile', async (page) => {
	await harmless(page);
	assert.match(await page.locator('h1').textContent(), /^<img src=x onerror=/);
	for (const link of await page.locator('#menu a').all()) {
		await link.click();
		await page.locator('.workbench').waitFor();
		for (const summary of await page.locator('main summary:visible').all()) await summary.click();
		for (const box of await page.locator('.workbench input[type=checkbox]').all()) if (await box.isVisible()) await box.check();
		await harmless(page);
	}
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is wider than the window');
});

for (const name of ['result', 'error', 'faults']) {
	check(`shows a hostile answer as text: ${name}`, `/hostile#${name}`, async (page) => {
		const answer = await call(page);
		for (const view of await answer.locator('.choice input').all()) {
			if (await view.isVisible()) await view.check();
			await harmless(page);
		}
		for (const summary of await answer.locator('summary:visible').all()) await summary.click();
		await page.getByRole('button', { name: 'History' }).click();
		await harmless(page);
		assert.match(await answer.textContent(), /<img src=x onerror=/);
	});
}

check('lets nothing but its own scripts run', '/', async (page) => {
	const refused = await page.evaluate(async () => {
		const blocked = [];
		document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
		const attempt = async (act) => {
			try {
				await act();
			} catch (error) {
				return error.name;
			}
		};
		const script = document.createElement('script');
		const names = [await attempt(() => (document.body.innerHTML = '<b>x</b>')), await attempt(() => (script.text = 'window.hacked = 1')), await attempt(() => fetch('http://127.0.0.1:1/'))];
		const image = document.createElement('img');
		names.push(await attempt(() => image.setAttribute('onerror', 'window.hacked = 1')));
		document.body.append(script);
		image.src = 'http://127.0.0.1:1/x.png';
		document.body.append(image);
		await new Promise((resolve) => image.addEventListener('error', resolve));
		return { names, blocked, hacked: window.hacked };
	});
	page.faults = []; // the browser tells of each
	assert.deepEqual(refused.names, ['TypeError', 'TypeError', 'TypeError', 'TypeError']);
	assert.equal(refused.hacked, undefined);
	for (const directive of ['require-trusted-types-for', 'connect-src', 'img-src']) assert.ok(refused.blocked.includes(directive), `${directive} in ${refused.blocked}`);
});
