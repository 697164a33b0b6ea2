import { isObject, list, Num, parse, print, text } from './json.js';

// An outcome is what an answer means: a kind, a title, what to say about it, and the value in it.

const codes = {
	'-32700': ['Parse error', 'The server could not read the message as JSON.'],
	'-32600': ['Invalid Request', 'The message is JSON, but no JSON-RPC request.'],
	'-32601': ['Method not found', 'There is no such method, or it may not be called.'],
	'-32602': ['Invalid params', 'The method does not take these params.'],
	'-32603': ['Internal error', 'Something went wrong in the server.'],
	'-32000': ['Server error', 'The method has failed, and the cause is not for its callers.'],
	'-32800': ['Cancelled', 'The call was cancelled.'],
	'-32810': ['Unavailable', 'What the method needs is not there right now: try again.'],
	'-32811': ['Timeout', 'The server gave the call up at its deadline.'],
	'-32812': ['Overloaded', 'The server has no capacity left: try again.'],
	'-32813': ['Too large', 'The message, the batch or the answer is over a limit of the server.'],
};

const statuses = {
	401: 'The server wants to know who you are: set Authorization under Headers.',
	403: 'The server does not let this request in.',
	404: 'Nothing is served at this address any more.',
	415: 'The server wants another kind of message. Is there a Content-Type under Headers?',
	503: 'The server has no capacity right now, or is shutting down.',
};

// outcomeOf tells what an answer to one request means.
export function outcomeOf(answer) {
	if (answer.failure) return failed(answer);
	const { value, reason } = read(answer);
	if (isResponse(value)) return response(value, answer);
	if (answer.status >= 400) return refused(answer);
	if (!answer.text) return { kind: 'nothing', title: 'Accepted', about: 'A notification: there is no answer to it.' };
	return garbled(answer, reason);
}

// outcomesOf tells what an answer to a batch means for each id, or else for the whole.
export function outcomesOf(answer) {
	const { value } = answer.failure ? {} : read(answer);
	const each = new Map();
	if (!Array.isArray(value)) return { whole: outcomeOf(answer), each };
	const strange = value.filter((one) => {
		const known = isResponse(one) && one.id instanceof Num;
		if (known) each.set(one.id.text, response(one, {}));
		return !known;
	});
	return { whole: strange.length > 0 && { kind: 'garbled', title: 'Answers to nothing that was asked', value: strange }, each };
}

function read({ cut, text }) {
	if (cut) return { reason: 'It is too long to be read whole.' };
	try {
		return { value: parse(text) };
	} catch (fault) {
		return { reason: `It is no JSON: ${fault.message}.` };
	}
}

const isResponse = (value) => isObject(value) && ('result' in value || (isObject(value.error) && value.error.code instanceof Num));

function failed({ failure: kind, reason, seconds }) {
	switch (kind) {
		case 'timeout':
			return { kind, title: 'Timeout', about: `No answer within ${seconds} s. The server may be at it still; the limit is under Headers.` };
		case 'aborted':
			return { kind, title: 'Aborted', about: 'You have aborted the call. The server may have done it all the same.' };
	}
	const about = 'The server cannot be reached, or the connection broke off. Is it running? A redirect to another site ends here, too.';
	return { kind, title: 'No answer', about, detail: reason };
}

function response({ result, error }, answer) {
	if (!isObject(error)) return { kind: 'result', title: 'Result', value: result };
	const code = print(error.code);
	const [name, about] = codes[code] ?? ['', 'An error of the API itself.'];
	const message = text(error.message);
	return {
		kind: 'error',
		title: `Error ${code} ${name === message ? '' : name}`.trim(),
		message,
		about: `${about} ${retry(answer)}`,
		value: error.data,
		faults: code === '-32602' ? list(error.data).filter(isObject).map(faultIn) : [],
		incident: isObject(error.data) && text(error.data.incident),
	};
}

// faultIn reads a fault that Invalid params tell of: where it is, and what it is.
function faultIn({ param, expected, got }) {
	return { pointer: text(param), reason: `Expected ${text(expected) || 'something else'}, got ${text(got) || 'this'}.` };
}

function refused(answer) {
	const { status, statusText, headers } = answer;
	const type = new Headers(headers).get('Content-Type');
	const message = /json|text\/plain/.test(type) && answer.text.trim().slice(0, 2000);
	return {
		kind: 'refused',
		title: `Refused: HTTP ${status} ${statusText}`.trim(),
		message,
		about: `${statuses[status] ?? ''} ${retry(answer)}`,
		incident: /\bincident\W{1,3}([\w-]{4,64})/.exec(message)?.[1],
	};
}

function retry({ headers = [] }) {
	const after = new Headers(headers).get('Retry-After');
	return after ? `It asks to wait ${after}${/^\d+$/.test(after) ? ' s' : ''} before the next try.` : '';
}

function garbled({ headers, movedTo }, reason = 'It is JSON, but neither a result nor an error.') {
	const page = /html/.test(new Headers(headers).get('Content-Type')) && 'It is a web page: something else has answered, a login perhaps.';
	const moved = movedTo && `The request was sent on to ${movedTo}.`;
	return { kind: 'garbled', title: 'Not an answer of JSON-RPC', about: [reason, page, moved].filter(Boolean).join(' ') };
}
