// Looks for words in every file below a folder: as text, as UTF-16, and as base64 in any alignment.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The places where one of the words stands, as `file: word (form)`. */
export function placesOf(words: string[], folder: string): string[] {
  const forms = words.flatMap((word) => formsOf(word).map(([form, bytes]) => ({ word, form, bytes })));
  return filesBelow(folder).flatMap((file) => {
    const content = readFileSync(file);
    return forms
      .filter(({ bytes }) => content.includes(bytes))
      .map(({ word, form }) => `${file}: ${word} (${form})`);
  });
}

/** Files that there were to look at: a hunt over nothing proves nothing. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

function formsOf(word: string): [string, Buffer][] {
  const text = Buffer.from(word, "utf8");
  const wide = Buffer.from(word, "utf16le");
  // Whole groups of three bytes only: what stands before and after the word is not known.
  const base64 = [0, 1, 2].map((shift) => {
    const whole = text.subarray(shift, shift + Math.floor((text.length - shift) / 3) * 3);
    return ["base64", Buffer.from(whole.toString("base64"), "ascii")] as [string, Buffer];
  });
  return [["text", text], ["UTF-16", wide], ...base64];
}
