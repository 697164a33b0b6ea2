// Asks @open-rpc/schema-utils-js whether the files named are OpenRPC documents: as they are, with
// all references followed, and by the calls that their examples show.
import { readFileSync } from "node:fs";
import utils from "@open-rpc/schema-utils-js";

const { validateOpenRPCDocument, parseOpenRPCDocument, MethodCallValidator } = utils;

// read reads a file anew: following references changes what it is given.
const read = (file) => JSON.parse(readFileSync(file, "utf8"));

// unroll ends schemas that hold themselves: the tool follows references without end.
function unroll(schemas, value, inside) {
  if (typeof value !== "object" || value === null) return;
  const name = typeof value.$ref === "string" ? value.$ref.replace("#/components/schemas/", "") : undefined;
  if (inside.includes(name)) delete value.$ref;
  else if (name !== undefined) unroll(schemas, schemas[name], [...inside, name]);
  else Object.values(value).forEach((v) => unroll(schemas, v, inside));
}

function fail(file, message) {
  console.error(`${file}: ${message}`);
  process.exit(1);
}

for (const file of process.argv.slice(2)) {
  const valid = validateOpenRPCDocument(read(file));
  if (valid !== true) fail(file, valid.message);

  const finite = read(file);
  const schemas = finite.components?.schemas ?? {};
  for (const name of Object.keys(schemas)) unroll(schemas, schemas[name], [name]);
  const whole = await parseOpenRPCDocument(finite).catch((e) => fail(file, e.message));
  if (JSON.stringify(whole).includes('"$ref"')) fail(file, "a reference was not followed");

  const calls = new MethodCallValidator(whole);
  let examples = 0;
  for (const method of whole.methods) {
    for (const example of method.examples ?? []) {
      const byName = Object.fromEntries(example.params.map((p) => [p.name, p.value]));
      const byPosition = example.params.map((p) => p.value);
      const faults = calls.validate(method.name, method.paramStructure === "by-position" ? byPosition : byName);
      if (faults.length > 0) fail(file, `the example ${example.name} of ${method.name}: ${faults[0].message}`);
      examples++;
    }
  }
  console.log(`${file}: ${whole.methods.length} methods and ${examples} examples are fine`);
}
