// A second release of the client: the same files, but for one that the page loads under a new name.
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const hash = (text: string) => createHash("sha256").update(text);

/** Copies a build and changes one style sheet; the caller removes the folder. */
export function nextRelease(assets: string): string {
  const folder = mkdtempSync(join(tmpdir(), "perron-release-"));
  cpSync(assets, folder, { recursive: true });
  const old = readdirSync(folder).find((name) => /^base-[0-9a-f]{16}\.css$/.test(name));
  if (!old) throw new Error("the build has no base style sheet");

  const style = `${readFileSync(join(folder, old), "utf8")}\n/* the next release */\n`;
  const renamed = `base-${hash(style).digest("hex").slice(0, 16)}.css`;
  renameSync(join(folder, old), join(folder, renamed));
  writeFileSync(join(folder, renamed), style);
  const page = readFileSync(join(folder, "index.html"), "utf8").replaceAll(old, renamed);
  writeFileSync(join(folder, "index.html"), page);

  let worker = readFileSync(join(folder, "sw.js"), "utf8");
  const put = (was: string, path: string, text: string) => {
    const entry = new RegExp(`"${was.replaceAll(".", "\\.")}",\\s*"[^"]+"`);
    if (!entry.test(worker)) throw new Error(`the worker's list has no ${was}`);
    worker = worker.replace(entry, `"${path}", "${hash(text).digest("base64")}"`);
  };
  put(`/${old}`, `/${renamed}`, style);
  put("/", "/", page);
  worker = worker.replace(/VERSION = "[0-9a-f]+"/, `VERSION = "${hash(worker).digest("hex").slice(0, 16)}"`);
  writeFileSync(join(folder, "sw.js"), worker);

  // Their compressed copies would be those of the release before.
  for (const name of readdirSync(folder)) {
    if (/\.(br|gz)$/.test(name)) rmSync(join(folder, name));
  }
  return folder;
}
