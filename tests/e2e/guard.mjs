// Finds the guard's rules with this engine's own RegExp, as a browser does.
// Reads {rules: [{source, flags}], texts: [string]} and writes, per text and rule, [[start, end], …] in
// UTF-16 code units.
import { readFileSync } from "node:fs";

const { rules, texts } = JSON.parse(readFileSync(0, "utf8"));
const patterns = rules.map(({ source, flags }) => new RegExp(source, flags));
const matches = (pattern, text) =>
  [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
const found = texts.map((text) => patterns.map((pattern) => matches(pattern, text)));
process.stdout.write(JSON.stringify(found));
