import { button } from './dom.js';

const longestAnswer = 32 << 20; // bytes that are read of an answer

// request writes a message: params is JSON or "", an id of undefined makes a notification.
export function request(method, params, id) {
	const members = ['"jsonrpc":"2.0"', `"method":${JSON.stringify(method)}`];
	if (params) members.push(`"params":${params}`);
	if (id !== undefined) members.push(`"id":${id}`);
	return `{${members.join(',')}}`;
}

// post sends a message, and returns an answer whatever happens. Without a message it is a GET.
export async function post(url, message, { headers, seconds, signal }) {
	const began = performance.now();
	const answer = { message, text: '', headers: [], seconds };
	const limit = AbortSignal.timeout(seconds * 1000);
	const options = message ? { method: 'POST', headers: withType(headers), body: message, cache: 'no-store' } : { headers, cache: 'no-cache' };
	try {
		await receive(answer, url, { ...options, signal: signal ? AbortSignal.any([signal, limit]) : limit });
	} catch (error) {
		answer.failure = signal?.aborted ? 'aborted' : limit.aborted ? 'timeout' : 'network';
		answer.reason = error.message;
	}
	answer.ms = performance.now() - began;
	return answer;
}

// withType adds what a message is, unless somebody says otherwise.
export function withType(headers) {
	const said = headers.some(([name]) => name.toLowerCase() === 'content-type');
	return said ? headers : [['Content-Type', 'application/json'], ...headers];
}

async function receive(answer, url, options) {
	const response = await fetch(url, options);
	const { status, statusText, headers, redirected } = response;
	Object.assign(answer, { status, statusText, headers: [...headers], movedTo: redirected && response.url, size: 0 });
	const decoder = new TextDecoder();
	const reader = response.body?.getReader();
	while (reader) {
		const { done, value } = await reader.read();
		answer.text += decoder.decode(value, { stream: !done });
		if (done) return;
		answer.size += value.length;
		if (answer.size > longestAnswer) {
			answer.cut = true;
			return reader.cancel();
		}
	}
}

// Sender is a button that sends messages, and one that stops them.
export class Sender {
	// act sends something with post.
	constructor(page, label, act) {
		this.page = page;
		this.go = button(label, act, { class: 'primary', 'aria-keyshortcuts': 'Control+Enter' });
		this.stop = button('Abort', () => this.calling.abort(), { class: 'danger', hidden: true });
	}

	// send sends a message, and returns the answer: undefined while another is under way.
	async send(message) {
		if (this.calling) return undefined;
		this.calling = new AbortController();
		this.turn(true);
		const answer = await post(this.page.url, message, this.page.settings.options(this.calling.signal));
		this.calling = undefined;
		this.turn(false);
		return answer;
	}

	turn(busy) {
		const focused = [this.go, this.stop].includes(document.activeElement);
		this.go.hidden = busy;
		this.stop.hidden = !busy;
		if (focused) (busy ? this.stop : this.go).focus();
	}
}
