import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

// serve starts a server, which prints its address, and returns that.
export async function serve(command, ...args) {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit')]);
	const [found] = /http:\/\/[^\s,]+/.exec(line) ?? [];
	if (!found) throw new Error(`${command} does not tell its address: ${line}`);
	return { url: found.replace(/\/$/, ''), stop: () => child.kill() };
}

// browse starts the browser.
export const browse = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
