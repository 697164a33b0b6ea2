import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, print } from '../page/json.js';
import { check, header, params } from './harness.js';

// Each sample is run, and has to send just what the page would have sent.

const run = promisify(execFile);

// runners run a program and return what it prints.
const runners = {
	curl: (file) => run('sh', [file]),
	JavaScript: (file) => run('node', [file]),
	Python: (file) => run('python3', [file]),
	Go: (file) => run('go', ['run', file]),
	runrpc: (file) => run('sh', [file]),
};

const commands = { curl: 'curl --version', JavaScript: 'node --version', Python: 'python3 --version', Go: 'go version', runrpc: "runrpc call --help | grep -q ':='" };

// runs tells whether there is what a language needs.
async function runs(t, language) {
	const there = await run('sh', ['-c', commands[language]]).then(
		() => true,
		() => false,
	);
	if (!there) t.diagnostic(`${language} was left out: there is no ${commands[language]}`);
	return there;
}

const extensions = { curl: 'sh', JavaScript: 'mjs', Python: 'py', Go: 'go', runrpc: 'sh' };

// nasty is what quoting can fail at.
const nasty = `a'b"c\\d\`e$f \${g} %h !i\n\t\u0007\u2028🐈 <!-- --> </script> {{}} \\u0041 $(j) 'k' "l" #m ;n & @o =p :=q -r`;

const cases = [
	['text.echo', JSON.stringify([nasty])],
	['text.echo', JSON.stringify({ value: { [nasty]: nasty, list: [true, false, null, 1.5, [], {}] } })],
	['text.echo', '{"value": [9007199254740993, 1.10, -0, 1e400, {"__proto__": 1}]}'],
	['text.echo', '[-5]'],
	['text.echo', '["@file"]'],
	['text.echo', '["name=value"]'],
	['text.echo', '[123456789012345678901234567890]'],
	['text.greet', JSON.stringify({ name: nasty })],
	['notes.count', ''],
	['math.sum', '[]'],
	[encodeURIComponent('größe.日本'), '{"ключ": "日本 🐈"}'],
	[encodeURIComponent('a b/c?d#e%f&g=h'), ''],
];

// resultIn returns the result in an answer, which has other texts around it.
const resultIn = (text) => print(parse(/\{"jsonrpc".*\}/s.exec(text)[0]).result);

check('gives samples that work', '/', async (page, t) => {
	const folder = await mkdtemp(join(tmpdir(), 'samples-'));
	try {
		await header(page, 'X-Nasty', `a'b"c\\d$e\`f`);
		for (const [language, runner] of Object.entries(runners)) {
			if (!(await runs(t, language))) continue;
			for (const [i, [method, text]] of cases.entries()) {
				if (language === 'Go' && i > 2) continue; // each takes a while to be compiled, and one quoting is like another
				await page.evaluate((to) => (location.hash = to), `#${method}`);
				await page.waitForFunction((name) => document.querySelector('main h1').textContent === name, decodeURIComponent(method));
				await params(page, text);
				await page.getByLabel(language, { exact: true }).check();
				const program = await page.locator('section', { hasText: 'In a program' }).locator('pre').textContent();
				const file = join(folder, `sample${i}.${extensions[language]}`);
				await writeFile(file, program);
				const { stdout } = await runner(file).catch((error) => assert.fail(`${language}, ${text}: ${error.stderr}\n${program}`));
				await page.getByRole('button', { name: 'Call', exact: true }).click();
				await page.locator('.answer .bar .note').first().waitFor();
				await page.getByLabel('Exact').first().check();
				const own = await page.locator('.answer pre').first().textContent();
				const result = language === 'runrpc' ? print(parse(stdout)) : resultIn(stdout);
				assert.equal(result, resultIn(own), `${language}, ${text}:\n${program}`);
			}
		}
	} finally {
		await rm(folder, { recursive: true });
	}
});
