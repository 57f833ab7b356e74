// Speaks when nothing else can: before the app has started, and after it has broken down.
//
// It promises that a person never faces a blank or a dead page: an unfit browser, a failed start and
// a breakdown each get a sentence and, where it helps, a button. It knows nothing of the app but two
// signals: the event `TrunkApplicationStarted`, and a call of `perronFroze(code)` by the panic hook.
//
// No syntax newer than 2009 in this file: an old browser must be able to read the sentence that says
// it is too old. The one exception is the policy below, which old browsers skip.
(function () {
  "use strict";

  var CRASHES = "perron.crashes";
  var LOOP_MS = 60000;
  var LOOP_COUNT = 3;
  var RELOAD_MS = 2000;
  var SLOW_MS = 8000;
  // `routes::RESCUE`
  var RESCUE = "/rescue";

  var SENTENCES = {
    fr: {
      slow: "Perron s’ouvre… Le premier chargement peut durer une minute.",
      failed:
        "Perron n’a pas pu s’ouvrir. Vérifiez la connexion, puis réessayez. Ce qui est enregistré sur cet appareil reste en place.",
      old: "Ce navigateur est trop ancien pour Perron. Il faut au moins Chrome 109, Firefox 111 ou Safari 16.",
      insecure: "Perron ne s’ouvre qu’à une adresse qui commence par https. Demandez la bonne adresse.",
      froze: "Perron s’est arrêté sur une erreur. Ce qui était enregistré est en sécurité. La page se recharge…",
      loop: "Perron s’arrête à chaque essai. Ce qui était enregistré est en sécurité sur cet appareil : n’effacez pas les données du navigateur. Donnez ce code à la coordination : ",
      retry: "Réessayer",
    },
    nl: {
      slow: "Perron wordt geopend… De eerste keer kan dat een minuut duren.",
      failed:
        "Perron kon niet openen. Controleer de verbinding en probeer opnieuw. Wat op dit toestel bewaard is, blijft staan.",
      old: "Deze browser is te oud voor Perron. Nodig is minstens Chrome 109, Firefox 111 of Safari 16.",
      insecure: "Perron opent alleen op een adres dat met https begint. Vraag het juiste adres.",
      froze: "Perron is door een fout gestopt. Wat bewaard was, is veilig. De pagina wordt herladen…",
      loop: "Perron stopt bij elke poging. Wat bewaard was, is veilig op dit toestel: wis de gegevens van de browser niet. Geef deze code aan de coördinatie: ",
      retry: "Opnieuw proberen",
    },
    en: {
      slow: "Perron is opening… The first time may take a minute.",
      failed:
        "Perron could not open. Check the connection, then try again. What is saved on this device stays where it is.",
      old: "This browser is too old for Perron. It takes at least Chrome 109, Firefox 111 or Safari 16.",
      insecure: "Perron opens only at an address that begins with https. Ask for the right address.",
      froze: "Perron stopped on an error. What was saved is safe. The page is reloading…",
      loop: "Perron stops at every attempt. What was saved is safe on this device: do not clear the browser’s data. Give this code to the coordination: ",
      retry: "Try again",
    },
  };

  var started = false;
  var frozen = false;
  var unfit = false;
  var cover = null;

  allowHarmlessMarkup();
  window.perronFroze = freeze;
  window.addEventListener("TrunkApplicationStarted", onStarted);
  // The browser may offer to install before the app is there. It is offered when it is of use.
  window.addEventListener("beforeinstallprompt", function (event) {
    event.preventDefault();
    window.perronInstall = event;
  });
  // Captured: a script that fails to load tells only its own element.
  window.addEventListener("error", onError, true);
  window.addEventListener("unhandledrejection", onError);
  silenceWhileFrozen();
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", onParsed);
  } else {
    onParsed();
  }

  function onParsed() {
    if (window.isSecureContext === false) {
      unfit = true;
      say("insecure");
    } else if (!isFit()) {
      unfit = true;
      say("old");
    } else {
      setTimeout(function () {
        var boot = document.getElementById("boot");
        if (boot && !cover) boot.textContent = SENTENCES[language()].slow;
      }, SLOW_MS);
    }
  }

  function onStarted() {
    started = true;
    var boot = document.getElementById("boot");
    if (boot) boot.parentNode.removeChild(boot);
  }

  function onError(event) {
    var error = event.error || event.reason;
    var trapped = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
    if (trapped) {
      // Out of memory or stack: such a trap runs no panic hook.
      freeze("trap");
    } else if (!started && !frozen && !unfit && isFatal(event)) {
      say("failed", true);
    }
  }

  /** Before the start only scripts matter: an icon that fails to load stops nobody. */
  function isFatal(event) {
    var target = event.target;
    return !(target && target.tagName && target.tagName !== "SCRIPT");
  }

  /**
   * Whether this browser can run the app, found by doing: a module with reference types, multiple
   * results and bulk memory is compiled under the page's own security policy.
   */
  function isFit() {
    try {
      if (!("noModule" in document.createElement("script"))) return false;
      if (!window.indexedDB || !window.crypto || !window.crypto.getRandomValues) return false;
      // (func (result i32 externref) i32.const 0 ref.null extern)
      // (func i32.const 0 i32.const 0 i32.const 0 memory.fill) (memory 0)
      var probe = new Uint8Array([
        0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 2, 96, 0, 2, 127, 111, 96, 0, 0, 3, 3, 2, 0, 1, 5, 3, 1, 0, 0,
        10, 20, 2, 6, 0, 65, 0, 208, 111, 11, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11,
      ]);
      new WebAssembly.Module(probe);
      return true;
    } catch (error) {
      return false;
    }
  }

  /**
   * Covers the page, keeps every event from the broken app and reloads; after three breakdowns within a
   * minute it opens the page that reads no notebook, and where that one breaks down too it waits for
   * the person. `code` names a place in the source, never
   * anything that a person typed.
   */
  function freeze(code) {
    if (frozen) return;
    frozen = true;
    var crashes = rememberCrash(String(code));
    if (crashes >= LOOP_COUNT && window.location.pathname !== RESCUE) {
      // Another page: whatever of this one still runs goes with it.
      say("froze");
      window.location.replace(RESCUE + "#" + encodeURI(String(code)));
    } else if (crashes >= LOOP_COUNT) {
      say("loop", true, String(code));
    } else {
      say("froze");
      setTimeout(reload, RELOAD_MS);
    }
  }

  function rememberCrash(code) {
    var now = Date.now();
    var recent = [];
    try {
      recent = JSON.parse(localStorage.getItem(CRASHES) || "[]").filter(function (crash) {
        // Absolute: a clock that was set back must not hide a loop, nor make one.
        return Math.abs(now - crash.at) < LOOP_MS;
      });
    } catch (error) {
      recent = [];
    }
    recent.push({ at: now, code: code });
    try {
      localStorage.setItem(CRASHES, JSON.stringify(recent.slice(-LOOP_COUNT)));
    } catch (error) {
      // Without storage there is no guard: better to reload for ever than never.
    }
    return recent.length;
  }

  function silenceWhileFrozen() {
    var types =
      "click dblclick pointerdown pointerup touchstart touchend mousedown mouseup keydown keyup keypress " +
      "beforeinput input change submit focusin focusout popstate hashchange online visibilitychange pagehide";
    types.split(" ").forEach(function (type) {
      window.addEventListener(
        type,
        function (event) {
          if (!frozen) return;
          if (cover && event.target instanceof Node && cover.contains(event.target)) return;
          event.stopImmediatePropagation();
          if (event.cancelable) event.preventDefault();
        },
        true
      );
    });
  }

  function say(name, withButton, code) {
    var sentences = SENTENCES[language()];
    if (!cover) {
      cover = document.createElement("div");
      cover.className = "boot boot-cover";
      cover.setAttribute("role", "alert");
      document.body.appendChild(cover);
    }
    cover.textContent = "";
    cover.lang = language();
    var text = document.createElement("p");
    text.textContent = sentences[name] + (code || "");
    cover.appendChild(text);
    if (withButton) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = sentences.retry;
      button.addEventListener("click", reload);
      cover.appendChild(button);
      button.focus();
    }
    for (var node = document.body.firstElementChild; node; node = node.nextElementSibling) {
      if (node !== cover && node.tagName !== "SCRIPT") node.setAttribute("inert", "");
    }
  }

  /** The language of the page once the app has set it, else the browser's, else French. */
  function language() {
    var wanted = [document.documentElement.getAttribute("data-lang")].concat(navigator.languages || []);
    for (var i = 0; i < wanted.length; i++) {
      var short = String(wanted[i] || "").slice(0, 2);
      if (Object.prototype.hasOwnProperty.call(SENTENCES, short)) return short;
    }
    return "fr";
  }

  function reload() {
    window.location.reload();
  }

  /**
   * The one Trusted Types policy. Leptos builds wholly static parts of a view through
   * `template.innerHTML`; this lets markup pass that cannot run code, load anything, leave the origin
   * or submit anything, and throws at all else. A grammar rather than a list of the fragments found at
   * build time: there is nothing to collect, so nothing to forget, and what passes is harmless
   * whoever wrote it.
   */
  function allowHarmlessMarkup() {
    if (!window.trustedTypes || !window.trustedTypes.createPolicy) return;
    var tag =
      "(?:a|abbr|article|aside|b|bdi|bdo|blockquote|br|button|caption|circle|code|col|colgroup|dd|defs|desc|details|" +
      "dfn|div|dl|dt|ellipse|em|fieldset|figcaption|figure|footer|g|h[1-6]|header|hgroup|hr|i|kbd|label|legend|li|" +
      "line|linearGradient|main|mark|meter|nav|ol|optgroup|option|output|p|path|polygon|polyline|pre|progress|q|rect|" +
      "s|samp|search|section|select|small|span|stop|strong|sub|summary|sup|svg|table|tbody|td|text|tfoot|th|thead|" +
      "time|title|tr|tspan|u|ul|var|wbr)";
    var attribute =
      '(?: href="(?:#[^"<>]*|/(?:[^"<>/\\\\][^"<>\\\\]*)?)"' +
      "| (?:aria-[a-z]+|data-[a-z0-9-]+|class|colspan|cx|cy|d|datetime|dir|disabled|fill|fill-rule|focusable|for|gradientUnits|" +
      "headers|height|hidden|id|inert|lang|offset|open|points|preserveAspectRatio|r|role|rowspan|rx|ry|scope|" +
      "stop-color|stroke|stroke-linecap|stroke-linejoin|stroke-width|tabindex|title|transform|type|value|viewBox|" +
      'width|x|x1|x2|xmlns|y|y1|y2)(?:="[^"<>]*")?)';
    var harmless = new RegExp("^[^<>]*(?:<(?:/" + tag + "|" + tag + attribute + "*)>[^<>]*)*$");
    window.trustedTypes.createPolicy("default", {
      createHTML: function (markup) {
        return harmless.test(markup) ? markup : null;
      },
      // The service worker and the workers that the app starts: own files at the top level only.
      createScriptURL: function (url) {
        return /^\/[a-z][a-z0-9-]*\.js$/.test(url) ? url : null;
      },
    });
  }
})();
