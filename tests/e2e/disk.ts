// A disk of its own for a phone, small enough to be filled.
import { execFileSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MEGABYTES = 200;

/** A disk in memory, mounted where a phone keeps everything. */
export class SmallDisk {
  private readonly fillers: string[] = [];

  private constructor(private readonly folder: string) {}

  /** None where nobody may mount one. */
  static mount(folder: string): SmallDisk | undefined {
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${MEGABYTES}m`, "tmpfs", folder], { stdio: "ignore" });
      return new SmallDisk(folder);
    } catch {
      return undefined;
    }
  }

  /** Takes all the room there is. */
  fill(): void {
    while (this.free() > 0) {
      const filler = join(this.folder, `filler-${this.fillers.length}`);
      this.fillers.push(filler);
      try {
        writeFileSync(filler, Buffer.alloc(this.free()));
      } catch {
        // The browser was quicker; what could be written is.
      }
    }
  }

  /** Gives back what `fill` took. */
  clear(): void {
    for (const filler of this.fillers.splice(0)) rmSync(filler, { force: true });
  }

  unmount(): void {
    execFileSync("umount", ["--lazy", this.folder]);
  }

  private free(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }
}
