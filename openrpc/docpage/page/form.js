import { foreign, ManyControl, ObjectControl } from './control.js';
import { choice, el, fill } from './dom.js';
import { faultOf, isObject, parse, pretty, print } from './json.js';
import { absent } from './slot.js';

const tooLong = 100_000; // characters of params that are better edited as they are

// Form edits the params of a method. write gives it their text, and it tells of its changes.
export class Form {
	constructor(method, shapes, onchange) {
		this.method = method;
		this.shapes = shapes;
		this.onchange = onchange;
		this.node = el('div', { class: 'slots', oninput: () => this.changed() });
	}

	write(source) {
		const excuse = excuseFor(source);
		this.control = undefined;
		if (excuse) return fill(this.node, el('p', 'note', excuse));
		const { params, positional, raw } = this.method;
		const values = source.trim() ? parse(source) : (this.wanted ?? positional) ? [] : {};
		this.edit(values);
		const none = raw ? 'It reads its params itself: what it takes is not described.' : 'This method has no parameters.';
		return fill(this.node, params.length > 0 ? this.structure() : el('p', 'note', none), this.control.node);
	}

	// edit makes the control for params. In both kinds there is a slot for each parameter first.
	edit(values) {
		const { params } = this.method;
		const properties = new Map(params.map(({ name, schema }) => [name, schema]));
		const required = params.filter((param) => param.required).map(({ name }) => name);
		this.positional = Array.isArray(values);
		this.control = this.positional ? new PositionControl(this, params, values) : new ObjectControl(this, { properties, required }, values);
	}

	// structure chooses between names and positions, where the method takes both.
	structure() {
		const ways = [
			[false, 'by name'],
			[true, 'by position'],
		];
		const choose = (positional) => {
			const values = this.control.slots.map((slot) => [slot.name, slot.read()]);
			this.wanted = positional;
			this.edit(positional ? values.map(([, value]) => value) : Object.fromEntries(values));
			this.write(this.changed());
			this.node.querySelector('.choice :checked').focus();
		};
		return this.method.either && choice('Params are sent', ways, this.positional, choose);
	}

	changed() {
		const params = this.control.read();
		const source = Object.keys(params).length > 0 ? pretty(print(params)) : '';
		this.onchange(source);
		return source;
	}

	// find returns the innermost slot on the way of a JSON pointer into params.
	find(pointer) {
		let slot;
		for (const part of pointer.split('/').slice(1)) {
			const inner = (slot ?? this.control).at(part.replaceAll('~1', '/').replaceAll('~0', '~'));
			if (!inner) break;
			slot = inner;
		}
		return slot;
	}

	// mark shows the faults that the server has found, and goes to the first of them.
	mark(faults) {
		const found = faults.map(({ pointer, reason }) => [this.find(pointer), reason]).filter(([slot]) => slot);
		for (const [slot, reason] of found) slot.say(reason, true);
		found[0]?.[0].focus();
	}
}

// PositionControl edits params by position: those of a method, and what stands behind them.
class PositionControl extends ManyControl {
	constructor(form, params, values) {
		super(form);
		this.variadic = params.at(-1)?.variadic;
		params.forEach(({ name, schema, required, variadic }, i) => {
			const value = i < values.length ? values[i] : absent;
			this.add(variadic ? { name, schema: { type: 'array', items: schema }, value: values.slice(i), required: true } : { name, schema, value, required });
		});
		const surplus = this.variadic ? [] : values.slice(params.length);
		surplus.forEach((value, i) => this.addMore({ name: String(params.length + i), schema: true, value, note: foreign }));
	}

	// read leaves nothing out that stands before something else.
	read() {
		const rest = this.variadic && this.slots.at(-1);
		const used = (slot) => slot.on && (slot !== rest || slot.read().length > 0);
		const values = this.slots.slice(0, this.slots.findLastIndex(used) + 1).map((slot) => {
			if (!slot.on) slot.turn(true);
			return slot === rest ? slot.read() : [slot.read()];
		});
		return values.flat();
	}

	at(index) {
		const last = this.slots.length - 1;
		return (this.variadic && index >= last && this.slots[last].at(index - last)) || this.slots[index];
	}
}

// excuseFor tells why a text of params has no form.
function excuseFor(source) {
	if (!source.trim()) return '';
	if (source.length > tooLong) return 'These params are too long for a form.';
	if (faultOf(source)) return 'The form is back once the JSON is right.';
	const params = parse(source);
	return Array.isArray(params) || isObject(params) ? '' : 'Params are an object or an array.';
}

// initialParams returns the text of params to begin with: an example's, or what has to be there.
export function initialParams({ examples, params, positional }, shapes) {
	if (examples.length > 0) return pretty(print(examples[0].params));
	const values = params.filter((param) => param.required).map(({ name, schema }) => [name, shapes.initial(schema)]);
	if (values.length === 0) return '';
	return pretty(print(positional ? values.map(([, value]) => value) : Object.fromEntries(values)));
}
