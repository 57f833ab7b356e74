// The real server as a process of its own. Losing the network is done by stopping it: that reaches
// page and service worker alike, which the browser's offline switches do not.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const repository = resolve(import.meta.dirname, "../..");
const START_MS = 20_000;
const STOP_MS = 20_000;

/** One server on one port with one data folder, which may stop and start again between requests. */
export class Server {
  /** The origin of the app; it stays the same when the server starts again. */
  readonly origin: string;
  /** The server's database and whatever else it keeps; `serveFrom` puts another in its place. */
  data: string;
  /** Everything that the server has printed, over all its starts. */
  log = "";
  private process: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private assets: string,
  ) {
    this.origin = `http://127.0.0.1:${port}`;
    this.data = mkdtempSync(join(tmpdir(), "perron-e2e-"));
  }

  /** Starts a server with an empty data folder on a free port. */
  static async create(assets = assetsFolder()): Promise<Server> {
    const server = new Server(await freePort(), assets);
    await server.start();
    return server;
  }

  /** Returns once the server has said that it listens. */
  async start(): Promise<void> {
    const seen = this.log.length;
    const child = spawn(
      binary(),
      ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.data, "--assets", this.assets],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    this.process = child;
    let failure: Error | undefined;
    child.on("error", (error) => (failure = error));
    child.stdout.on("data", (text) => (this.log += text));
    child.stderr.on("data", (text) => (this.log += text));
    const deadline = Date.now() + START_MS;
    while (!this.log.slice(seen).includes(`listening ${this.origin}`)) {
      if (failure || child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the server did not start: ${failure ?? ""}\n${this.log.slice(seen)}`);
      }
      await pause(20);
    }
  }

  /** Stops it the polite way and fails when it does not end in time or not cleanly. */
  async stop(): Promise<void> {
    const code = await this.end("SIGTERM");
    if (code !== 0) throw new Error(`the server ended with ${code}\n${this.log}`);
  }

  /** Puts another build of the client in place, as a release does. */
  async deploy(assets: string): Promise<void> {
    await this.stop();
    this.assets = assets;
    await this.start();
  }

  /** Goes on from another data folder, as after a move or from an older copy. The one before stays as it is. */
  async serveFrom(data: string): Promise<void> {
    await this.stop();
    this.data = data;
    await this.start();
  }

  /** Pulls the plug. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** The one-time link that opens the set-up of a campaign. */
  setupLink(): string {
    const link = /set-up link: (\S+)/.exec(this.log)?.[1];
    if (!link) throw new Error(`the server printed no set-up link\n${this.log}`);
    return link;
  }

  /** How many entries the ledger holds, as the server's own check counts them. */
  entries(): number {
    const { stdout, stderr } = spawnSync(binary(), ["verify", "--data", this.data], { encoding: "utf8" });
    const count = /entries (\d+)/.exec(stdout)?.[1];
    if (!count) throw new Error(`the ledger cannot be checked: ${stdout}${stderr}`);
    return Number(count);
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0;
    const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
    child.kill(signal);
    const late = pause(STOP_MS).then(() => {
      child.kill("SIGKILL");
      throw new Error(`the server did not end within ${STOP_MS} ms of ${signal}\n${this.log}`);
    });
    late.catch(() => {});
    const code = await Promise.race([ended, late]);
    this.process = undefined;
    return code;
  }
}

/** The client's files, as built. */
export function assetsFolder(): string {
  const folder = process.env.PERRON_ASSETS ?? join(repository, "dist");
  if (!existsSync(join(folder, "sw.js"))) {
    throw new Error("the client is not built: run `cargo xtask test build` first");
  }
  return folder;
}

function binary(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(repository, "target");
  const file = process.env.PERRON_BINARY ?? join(target, "debug", "perron");
  if (!existsSync(file)) {
    throw new Error("the server is not built: run `cargo xtask test build` first");
  }
  return file;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? done(address.port) : failed()));
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms).unref());
}
