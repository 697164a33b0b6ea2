// Tries a generated client of the lab against a server. It prints ok at the end.
import { Client, DivisionByZeroError, LimitError, RPCError, TimeoutError, TransportError } from "./lab/client.js";
import { Client as Shop, SoldError } from "./shop/client.js";

function equal(got: unknown, want: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(want)];
  if (a !== b) {
    throw new Error(`got ${a}, want ${b}`);
  }
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("found no error");
}

const [labURL = "", shopURL = ""] = process.argv.slice(2);
const lab = new Client(labURL);

// By name, by position, with reserved words for names.
equal(await lab.math.add({ a: 2, b: 3 }), 5);
equal(await lab.math.sum({ arg1: 1, arg2: [2, 3, 4] }), 10);
equal(await lab.math.sum({ arg1: 1 }), 1);
equal(await lab.class.def({ from: "here" }), "here");

// Errors that are declared, and others.
const zero = await failure(lab.math.divide({ a: 1, b: 0 }));
equal([zero instanceof DivisionByZeroError, zero instanceof RPCError, (zero as RPCError).code], [true, true, -32040]);
const limit = await failure(lab.math.divide({ a: 2000, b: 1 }));
equal([limit instanceof LimitError, (limit as LimitError).data], [true, { limit: 1000 }]);
const other = await failure(lab.math.divide({ a: -1, b: 1 }));
equal([other instanceof RPCError, other instanceof LimitError, (other as RPCError).code], [true, false, -32000]);
const invalid = await failure(lab.echo({ text: 1 as unknown as string }));
equal([(invalid as RPCError).code, (invalid as RPCError).method], [-32602, "echo"]);

// Notifications: nothing comes back, not even an error.
await lab.log.writeRequest({ line: "alone" }).notify();
await lab.math.divideRequest({ a: 1, b: 0 }).notify();

// A batch with a result, an error and a notification.
const add = lab.math.addRequest({ a: 1, b: 1 });
const bad = lab.math.divideRequest({ a: 1, b: 0 });
const line = lab.log.writeRequest({ line: "batch" });
await lab.batch([add, line.notification(), bad]);
equal(add.result(), 2);
equal((await failure((async () => bad.result())())) instanceof DivisionByZeroError, true);
equal((await failure((async () => line.result())())) instanceof Error, true);
await lab.batch([]);
for (let lines: string[] = []; lines.length < 2; ) {
  lines = await lab.log.read();
  if (lines.length === 2) {
    equal(lines.sort(), ["alone", "batch"]);
  }
}

// Time, and somebody who does not wait.
const late = await failure(lab.slow.wait({ ms: 20000 }, { timeout: 50 }));
equal([late instanceof TimeoutError, late instanceof TransportError], [true, true]);
const controller = new AbortController();
const waiting = failure(lab.slow.wait({ ms: 20000 }, { signal: controller.signal }));
setTimeout(() => controller.abort(), 50);
equal(((await waiting) as Error).name, "AbortError");
equal(((await failure(lab.echo({ text: "" }, { signal: AbortSignal.abort() }))) as Error).name, "AbortError");
while ((await lab.slow.cancelled()) < 2); // the server has seen both

// Values.
equal(await lab.echo({ text: 'ü 你好 😀 \u2028 "\\\n' }), 'ü 你好 😀 \u2028 "\\\n');
equal(await lab.null.nothing(), null);
equal(await lab.null.maybe({ n: null }), null);
equal(await lab.null.maybe(), null);
equal(await lab.null.maybe({ n: 7 }), 7);
const tree = { name: "a", children: [{ name: "b", children: [] }] };
equal(await lab.tree({ tree }), tree);
const kinds = {
  when: "2024-05-01T12:00:00Z",
  data: "AAEC",
  tags: ["x"],
  names: { a: "b" },
  maybe: null,
  class: "c",
  "odd name": "o",
  any: { n: [1] },
};
equal(await lab.kinds({ kinds }), kinds);
const exact = new Client(labURL, {
  json: { parse: (text) => JSON.parse(text.replace(/"result":(\d+)/, '"result":"$1"')), stringify: JSON.stringify },
});
equal(await exact.math.add({ a: 9007199254740992, b: 1 }), "9007199254740993");

// Ways of its own to send.
const seen: string[] = [];
const own = new Client(labURL, {
  headers: { "X-One": "1" },
  fetch: (url, init) => {
    seen.push(new Headers(init.headers).get("x-one") ?? "", new Headers(init.headers).get("x-two") ?? "");
    return fetch(url, init);
  },
});
equal(await own.echo({ text: "x" }, { headers: { "X-Two": "2" } }), "x");
equal(seen, ["1", "2"]);
const inside = new Client("", { transport: async (message) => `{"jsonrpc":"2.0","id":1,"result":${message.length}}` });
equal(await inside.echo({ text: "" }), 61);

// What is no answer.
for (const answer of ["", "<html>", "{}", "[]", "1", "null", '{"jsonrpc":"2.0","id":9,"result":1}']) {
  const client = new Client("", { transport: async () => answer });
  equal((await failure(client.echo({ text: "" }))) instanceof TransportError, true);
}
const nowhere = new Client(labURL + "no/such/path?", { fetch: async () => new Response("<title>Sign in</title>", { status: 302 }) });
equal(((await failure(nowhere.echo({ text: "" }))) as TransportError).status, 302);
const endless = new Client("", {
  maxAnswer: 1000,
  fetch: async () => new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(100)) })),
});
equal((await failure(endless.echo({ text: "" }))) instanceof TransportError, true);
const refused = new Client("http://127.0.0.1:1/");
equal((await failure(refused.echo({ text: "" }))) instanceof TransportError, true);
const whole = new Client("", {
  transport: async () => '{"jsonrpc":"2.0","id":null,"error":{"code":-32813,"message":"too large"}}',
});
equal(((await failure(whole.batch([whole.echoRequest({ text: "" }), add]))) as RPCError).code, -32813);

// The shop.
const shop = new Shop(shopURL);
const page = await shop.pets.list({ species: "cat" });
const cat = page.items[0];
if (cat === undefined) {
  throw new Error("found no cat");
}
equal((await shop.pets.get({ id: cat.id })).name, cat.name);
equal((await shop.pets.tag({ arg1: cat.id, arg2: ["ts"] })).includes("ts"), true);
const address = { name: "Ada", lines: ["1, Street"], city: "Town", country: "GB" };
const order = await shop.orders.place({ pets: [cat.id], address });
equal(order.status, "placed");
const sold = await failure(shop.orders.place({ pets: [cat.id], address }));
equal([sold instanceof SoldError, (sold as SoldError).data], [true, { pets: [cat.id] }]);
equal((await shop.orders.cancel({ id: order.id })).status, "cancelled");
equal(await shop.pets.remove({ id: cat.id }), null);
console.log("ok");
