import { choice, copier, el, fill, listing } from './dom.js';
import { faultOf, isObject, layout, Num, parse, pretty, print } from './json.js';
import { request, withType } from './wire.js';

// Samples are programs that send what the page sends.

const languages = [
	['curl', 'curl'],
	['js', 'JavaScript'],
	['python', 'Python'],
	['go', 'Go'],
	['runrpc', 'runrpc'],
];

let language = 'curl'; // the one that was chosen last

// Samples shows a sample of a call, which a function returns: { url, headers, method, params }.
export class Samples {
	constructor(call) {
		this.call = call;
		this.listing = listing();
		const choose = choice('Language', languages, language, (chosen) => this.show((language = chosen)));
		this.node = el('div', '', el('div', 'bar', choose, copier('Copy sample', () => this.listing.textContent)), this.listing);
	}

	show() {
		fill(this.listing, sample(language, this.call()));
	}
}

// sample writes a program.
export function sample(language, call) {
	const message = request(call.method, call.params, 1);
	return writers[language]({ ...call, message, all: withType(call.headers) });
}

const writers = {
	curl({ url, all, message }) {
		const flags = all.map(([name, value]) => `  -H ${shell(`${name}: ${value}`)}`);
		return [`curl${/[{}[\]]/.test(url) ? ' -g' : ''} ${shell(url)}`, ...flags, `  --data-raw ${shell(message)}`].join(' \\\n');
	},

	js: ({ url, all, message }) => `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: ${shifted(pretty(print(Object.fromEntries(all))), '  ')},
  body: ${survives(message) ? `JSON.stringify(${shifted(pretty(message), '  ')})` : JSON.stringify(message)},
});
console.log(response.status, await response.text());
`,

	python: ({ url, all, message }) => `import json, urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},
    data=${survives(message, true) ? `json.dumps(${shifted(pythonic(message), '    ')})` : JSON.stringify(message)}.encode(),
    headers=${shifted(pythonic(print(Object.fromEntries(all))), '    ')},
)
with urllib.request.urlopen(request, timeout=30) as response:
    print(response.status, response.read().decode())
`,

	go: ({ url, all, message }) => `package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func main() {
	req, err := http.NewRequest("POST", ${goString(url)}, strings.NewReader(${goString(message)}))
	if err != nil {
		log.Fatal(err)
	}
${all.map(([name, value]) => `	req.Header.Set(${goString(name)}, ${goString(value)})\n`).join('')}	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	fmt.Println(resp.StatusCode, string(text), err)
}
`,

	runrpc({ url, headers, method, params }) {
		const flags = headers.map(([name, value]) => ` -H ${shell(`${name}: ${value}`)}`).join('');
		const words = params ? wordsOf(parse(params)) : [];
		const piped = words ? '' : `echo ${shell(params)} | `;
		const rest = [method, ...(words ?? ['-'])];
		const dashes = rest.some((word) => /^-./.test(word)) ? ' --' : '';
		return `${piped}runrpc call${flags} ${shell(url)}${dashes} ${rest.map(shell).join(' ')}`;
	},
};

// shell quotes a word for a POSIX shell.
const shell = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

const shifted = (source, indent) => source.replaceAll('\n', `\n${indent}`);

// pythonic writes JSON as Python, which has the same strings and numbers.
function pythonic(message) {
	const words = { true: 'True', false: 'False', null: 'None' };
	const say = ([kind, piece]) => (kind === 'mark' ? piece.replaceAll('  ', '    ') : (words[piece] ?? piece));
	return Array.from(layout(message), say).join('');
}

// survives tells whether a language that reads a message writes the same.
function survives(message, longIntegers) {
	const whole = (value) => {
		if (value instanceof Num) return `${Number(value.text)}` === value.text || (longIntegers && /^(0|-?[1-9]\d*)$/.test(value.text));
		if (Array.isArray(value)) return value.every(whole);
		return !isObject(value) || Object.entries(value).every(([name, member]) => name !== '__proto__' && whole(member));
	};
	return whole(parse(message));
}

// goString quotes a text for Go, as it is where that can be.
function goString(source) {
	if (/^[^`\\"\p{C}]*$/u.test(source)) return `"${source}"`;
	if (/^[^`\p{C}]*$/u.test(source)) return `\`${source}\``;
	return JSON.stringify(source).replace(/\p{C}/gu, (c) => `\\U${c.codePointAt(0).toString(16).padStart(8, '0')}`);
}

// wordsOf writes params as arguments of runrpc call, undefined where they cannot be.
function wordsOf(params) {
	if (Array.isArray(params)) {
		const plain = (item) => typeof item === 'string' && /^[^\s"@=-][^"=]*$/.test(item) && faultOf(item);
		return params.length > 0 ? params.map((item) => (plain(item) ? item : print(item))) : undefined;
	}
	const names = Object.keys(params);
	if (names.length === 0 || !names.every((name) => /^[\p{L}_$][\p{L}\p{N}_$.-]*$/u.test(name))) return undefined;
	return names.map((name) => (typeof params[name] === 'string' ? `${name}=${params[name]}` : `${name}:=${print(params[name])}`));
}
