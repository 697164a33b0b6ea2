// What comes from outside is only ever a text in an element: nothing here reads markup.

// el makes an element. Properties are attributes, or handlers where their names begin with "on";
// a string is a class. Children are nodes, texts and lists of them. What is false, null, undefined
// or "" is left out.
export function el(tag, properties, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(classed(properties))) {
		if (name.startsWith('on')) node[name] = value;
		else if (value || value === 0) node.setAttribute(name, value === true ? '' : value);
	}
	return fill(node, children);
}

const classed = (properties) => (typeof properties === 'string' ? { class: properties } : properties);

// fill replaces what is in a node.
export function fill(node, ...children) {
	node.replaceChildren(...children.flat(9).filter((child) => child || child === 0));
	return node;
}

let ids = 0;

// newID makes an id that no other element has.
export const newID = () => `i${++ids}`;

export const button = (label, onclick, properties = '') => el('button', { type: 'button', onclick, ...classed(properties) }, label);

// outward is a link to another site; a text alone where the address leads elsewhere.
export function outward(address, label = address) {
	const safe = /^(https?:\/\/|mailto:)/i.test(address);
	return safe ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, label) : label;
}

// choice is a row of buttons of which one is chosen: [value, label] each.
export function choice(legend, options, chosen, onchoose) {
	const name = newID();
	const option = ([value, label]) => {
		const input = el('input', { type: 'radio', name, checked: value === chosen, onchange: () => onchoose(value) });
		return el('label', '', input, el('span', '', label));
	};
	return el('fieldset', 'choice', el('legend', 'hidden', legend), options.map(option));
}

// area is for a text of JSON.
export const area = (properties) => el('textarea', { class: 'code', rows: 1, spellcheck: 'false', autocomplete: 'off', ...properties });

// listing shows a long text.
export const listing = (...children) => el('pre', { tabindex: 0 }, children);

// more is opened to see what a function makes.
export function more(label, content, open) {
	const grow = () => details.childElementCount > 1 || details.append(content());
	const details = el('details', { open, ontoggle: grow }, el('summary', '', label));
	if (open) grow();
	return details;
}

// announce tells those who do not see the page what has happened in it.
export const announce = (what) => fill(document.getElementById('status'), what);

// copier is a button that copies what a function returns.
export function copier(label, what) {
	const copy = async () => {
		const said = (await copied(what())) ? 'Copied' : 'Not copied';
		announce(said);
		fill(node, said);
		setTimeout(() => fill(node, label), 1500);
	};
	const node = button(label, copy, 'quiet');
	return node;
}

// copied puts a text on the clipboard. The newer way is there over HTTPS and on localhost alone.
async function copied(what) {
	try {
		await navigator.clipboard.writeText(what);
		return true;
	} catch {
		const focused = document.activeElement;
		const source = el('textarea', 'hidden');
		source.value = what;
		focused.after(source);
		source.select();
		const done = document.execCommand('copy');
		source.remove();
		focused.focus();
		return done;
	}
}
