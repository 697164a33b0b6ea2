import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { test } from 'node:test';
import { call, check, opened, params, url } from './harness.js';

// The page works wherever it is mounted.

// works calls a method and follows the links.
async function works(page) {
	await params(page, '[1, 2]');
	assert.equal(await (await call(page)).locator('.tree').textContent(), '3');
	const base = page.url().split('#')[0];
	const { status, type } = await page.evaluate(async () => {
		const response = await fetch('?openrpc.json');
		return { status: response.status, type: response.headers.get('Content-Type') };
	});
	assert.deepEqual({ status, type }, { status: 200, type: 'application/json' });
	const sample = await page.locator('section', { hasText: 'In a program' }).locator('pre').textContent();
	assert.ok(sample.startsWith(`curl ${base} `) || sample.startsWith(`curl '${base}' `), sample);
	assert.ok(await page.locator('#brand img').evaluate((image) => image.naturalWidth > 0));
}

for (const path of ['/', '/any/path', '/exact', '/below/', '/below/more', '/behind', '/behind/', '/exact?key=1']) check(`works at ${path}`, `${path}#math.add`, works);

test('works behind a proxy that puts a prefix before the path', async () => {
	const proxy = createServer((from, to) => {
		const path = from.url.replace(/^\/public\/api\/?/, '/');
		const inner = request(url + path, { method: from.method, headers: { ...from.headers, host: new URL(url).host } }, (answer) => {
			to.writeHead(answer.statusCode, answer.headers);
			answer.pipe(to);
		});
		from.pipe(inner);
	});
	await new Promise((resolve) => proxy.listen(0, 'localhost', resolve));
	try {
		for (const path of ['/public/api', '/public/api/']) {
			const page = await opened(`http://localhost:${proxy.address().port}${path}#math.add`);
			await works(page);
			assert.deepEqual(page.faults, []);
			await page.context().close();
		}
	} finally {
		proxy.closeAllConnections();
		proxy.close();
	}
});
