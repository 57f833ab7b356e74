// Without a mouse or a thumb: a whole visit by keys alone, with the focus in sight at every step. And with
// large text or forced colours: nothing is cut off or lost.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { setUp } from "./people.ts";
import { takePictures } from "./pictures.ts";
import { answerTheRest, beginAtNewCollective, finish, saved } from "./visit.ts";

/** No control is further away than so many presses. */
const MOST_PRESSES = 150;

test.setTimeout(240_000);

test("a visit is begun, answered and finished by keys alone", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet des touches");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  const past = page.getByRole("link", { name: "Aller au contenu" });
  await past.focus();
  await expect(past, "a way past the navigation").toBeInViewport();
  await page.keyboard.press("Enter");
  await tabTo(page, /^Nouvelle visite/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Nouveau collectif/);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Surnom du collectif")).toBeVisible();
  await tabTo(page, /Surnom du collectif/);
  await page.keyboard.type("Les Clématites");
  await tabTo(page, /Saint-Gilles|Commune|Anderlecht/);
  await arrowTo(page, "Saint-Gilles");
  await tabTo(page, /^Habitat|^Maison|^Colocation/);
  await arrowTo(page, "Habitat groupé solidaire");
  await tabTo(page, /^Aujourd’hui|^Hier/);
  await arrowTo(page, "Hier");
  await tabTo(page, /^Oui, et en chiffres anonymes|^Oui|^Non/);
  await arrowTo(page, "Oui, et en chiffres anonymes");
  await tabTo(page, /^Accueille en ce moment|^Accueille/);
  await arrowTo(page, "Accueille en ce moment");
  await tabTo(page, /^\d+ ?· ?Nuitées|^Nuitées/);
  await page.keyboard.type("12");
  await tabTo(page, /^Compté|^Estimé/);
  await arrowTo(page, "Compté");
  await tabTo(page, /^Fatigue/);
  await page.keyboard.press("Space");
  await tabTo(page, /^Assurance/);
  await page.keyboard.press("Space");
  await tabTo(page, /En une phrase/);
  await page.keyboard.type("Une soupe le jeudi");
  await saved(page);
  await tabTo(page, /^Terminer/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Visite du/ })).toBeVisible();
  await expect(page.getByText("Une soupe le jeudi")).toBeVisible();
  for (const words of ["Les Clématites", "Fatigue", "Assurance"]) {
    await expect(page.getByText(words).first()).toBeVisible();
  }
});

test("the focus stays where somebody put it while the notebook was opened", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet des touches");
  // The notebook is opened when it is told to be.
  await page.addInitScript(() => {
    const ask = LockManager.prototype.request as (...asked: unknown[]) => Promise<unknown>;
    const told = new Promise((open) => Object.assign(globalThis, { open }));
    Object.assign(LockManager.prototype, {
      request(...asked: unknown[]) {
        return told.then(() => ask.apply(this, asked));
      },
    });
  });
  const open = () => page.evaluate(() => (globalThis as unknown as { open: () => void }).open());
  const heading = page.getByRole("heading", { level: 1 });
  const past = page.getByRole("link", { name: "Aller au contenu" });
  for (const path of ["/", "/settings"]) {
    await page.goto(path);
    await expect(heading).toHaveText("Perron s’ouvre…");
    await past.focus();
    await open();
    await expect(page.getByRole("navigation", { name: "Navigation principale" })).toBeVisible();
    await expect(heading).not.toHaveText(/s’ouvre|Un instant/);
    await page.waitForTimeout(300);
    await expect(past, path).toBeFocused();
  }
  // A navigation brings it to the page that comes.
  await page.getByRole("link", { name: "Collectifs" }).first().click();
  await expect(heading).toHaveText("Collectifs");
  await expect(heading).toBeFocused();
});

test("text twice as large and forced colours leave everything readable", async ({ page, server }) => {
  await setUp(page, server.setupLink(), "Carnet des loupes");
  await page.goto("/");
  await beginAtNewCollective(page, "Les Clématites");
  await answerTheRest(page, "Une soupe le jeudi");
  await finish(page);
  const record = new URL(page.url()).pathname;
  const pages = { home: "/", form: "/new/visit", record, collectives: "/collectives", settings: "/settings" };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await expect(page.locator("main h1")).toBeVisible();
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    const cut = () => page.evaluate(() => {
      const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      const controls = [...document.querySelectorAll<HTMLElement>("main a, main button, main label, main input")];
      const beyond = controls.filter((control) => {
        const rect = control.getBoundingClientRect();
        return rect.width > 1 && (rect.right > innerWidth + 1 || rect.left < -1);
      });
      return { sideways, beyond: beyond.map((control) => control.outerHTML.slice(0, 120)) };
    });
    await expect.poll(cut, `${name} at 200 %`).toEqual({ sideways: 0, beyond: [] });
    await takePictures(page, `large-${name}`);
    await page.evaluate(() => (document.documentElement.style.fontSize = ""));
    await page.emulateMedia({ forcedColors: "active" });
    await takePictures(page, `forced-${name}`);
    await page.emulateMedia({ forcedColors: "none" });
  }
});

/** Presses Tab until the control with these words has the focus; at each stop the focus is in sight. */
async function tabTo(page: Page, words: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < MOST_PRESSES; press += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    expect(await hidden(page), `the focus on "${now}"`).toBe("");
    if (words.test(now)) return;
    passed.push(now);
  }
  throw new Error(`${words} was not reached; passed: ${passed.join(" | ")}`);
}

/** Presses the arrow keys in a group of radio buttons until the one with these words is chosen. */
async function arrowTo(page: Page, words: string): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    const [now, checked] = [await focused(page), await isChecked(page)];
    if (now === words && checked) return;
    await page.keyboard.press(now === words ? "Space" : "ArrowDown");
  }
  throw new Error(`${words} is not in the group`);
}

/** The words of the control that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const control = document.activeElement as HTMLInputElement | null;
    // What only the app gives the focus to is no control.
    if (!control || control === document.body || control.tabIndex < 0) return "";
    const labels = [...(control?.labels ?? [])].map((label) => label.innerText).join(" ");
    const legend = control?.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
    const own = control?.getAttribute("aria-label") ?? labels ?? "";
    const words = own || control?.innerText || legend;
    return words.replace(/\s+/g, " ").trim();
  });
}

function isChecked(page: Page): Promise<boolean> {
  return page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.checked ?? false);
}

/** Why the focus is not to be seen; empty when it is: in the window, under nothing, and marked. */
function hidden(page: Page): Promise<string> {
  return page.evaluate(() => {
    const control = document.activeElement as HTMLElement | null;
    if (!control || control === document.body) return "";
    const shown = control.closest<HTMLElement>("label") ?? control;
    const rect = shown.getBoundingClientRect();
    const [x, y] = [rect.left + rect.width / 2, rect.top + Math.min(rect.height, innerHeight) / 2];
    const at = document.elementFromPoint(x, y);
    if (!at || !(shown.contains(at) || at.contains(shown))) return `is under ${at?.outerHTML.slice(0, 80) ?? "the edge"}`;
    const marks = [control, shown].flatMap((element) => [
      getComputedStyle(element),
      getComputedStyle(element, "::after"),
    ]);
    const marked = marks.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    return marked ? "" : "is not marked";
  });
}
