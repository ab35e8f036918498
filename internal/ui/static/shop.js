// Makes quicker what already works without it. Every page is complete when this never loads.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A product: what is left of a size depends on the colour, and the pictures follow it.
  const show = (list, photos) => {
    if (list.firstElementChild?.querySelector("img")?.getAttribute("src") === photos[0].src) return;
    list.replaceChildren(...photos.map((photo, i) => {
      const item = list.firstElementChild.cloneNode(true);
      const img = item.querySelector("img");
      img.src = photo.src;
      img.alt = photo.alt;
      if (photo.set) img.srcset = photo.set; else img.removeAttribute("srcset");
      img.loading = i ? "lazy" : "eager";
      return item;
    }));
    list.scrollTo({ left: 0 });
  };
  for (const form of all("[data-options]")) {
    const list = document.querySelector("[data-photos]");
    const few = form.querySelector("[data-few]");
    const lefts = (input) => new Map((input.dataset.left || "").split(" ").map((pair) => {
      const at = pair.lastIndexOf(":");
      return [pair.slice(0, at), Number(pair.slice(at + 1))];
    }));
    const update = () => {
      const color = form.querySelector("[name=color]:checked");
      let shown = "";
      for (const size of all("[name=size]", form)) {
        const left = color ? lefts(size).get(color.value) : undefined;
        size.disabled = "out" in size.dataset || (color !== null && !(left > 0));
        if (size.disabled) size.checked = false;
        if (size.checked && left > 0 && left <= 5) shown = few.dataset.text.replace("{n}", String(left));
      }
      few.textContent = shown;
      if (color?.dataset.photos && list) show(list, JSON.parse(color.dataset.photos));
    };
    form.addEventListener("change", update);
    update();
    window.addEventListener("pageshow", update);
  }

  // Adding to the cart answers on the spot, with a small cart. Should anything be out of order, the page goes the long way.
  const mini = document.querySelector("[data-mini]");
  for (const form of mini ? all("[data-options]") : []) {
    const problem = document.querySelector("[data-problem]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = event.submitter;
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      button.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.action.split("#")[0], { method: "POST", headers: { "X-Fragment": "1" }, body: new URLSearchParams(new FormData(form)) });
        const html = await answer.text();
        const count = answer.headers.get("X-Cart-Count");
        if (count === null) throw new Error("no fragment");
        problem.innerHTML = answer.ok ? "" : html;
        if (answer.ok) {
          mini.innerHTML = html;
          for (const img of all("img", mini)) await img.decode().catch(() => {});
          badge(Number(count));
          mini.showModal();
        } else {
          problem.scrollIntoView({ block: "center" });
        }
      } catch {
        form.submit();
      } finally {
        delete form.dataset.busy;
        button.removeAttribute("aria-busy");
      }
    });
  }
  mini?.addEventListener("click", (event) => { if (event.target === mini) mini.close(); });
  const badge = (count) => {
    const link = document.querySelector(".to-cart");
    let mark = link.querySelector(".badge");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "badge";
      mark.ariaHidden = "true";
      link.append(mark);
    }
    mark.textContent = count > 99 ? "99+" : String(count);
    let words = link.querySelector(".hidden");
    if (!words) {
      words = document.createElement("span");
      words.className = "hidden";
      link.append(words);
    }
    words.textContent = document.documentElement.lang === "en" ? `${count} item${count === 1 ? "" : "s"}` : `${count}개 담김`;
  };

  // The heart of a product: its page is everybody's, so whether this visitor wishes for it is asked apart.
  for (const form of all("[data-wish]")) {
    fetch(form.action).then((answer) => {
      if (answer.headers.get("X-Wished") !== "true") return;
      const word = form.querySelector("[data-word]");
      form.dataset.wished = "";
      form.querySelector("[name=on]").value = "no";
      word.textContent = word.dataset.remove;
    }).catch(() => {});
  }

  // Searching: ways on while one types, chosen by arrow keys or touch.
  for (const input of all("[data-suggest]")) {
    const box = document.querySelector("[data-suggestions]");
    const said = document.querySelector("[data-suggest-said]");
    let asked = "", at = -1, timer;
    const options = () => all("[role=option]", box);
    const close = () => {
      clearTimeout(timer);
      box.replaceChildren();
      asked = said.textContent = "";
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-controls");
      input.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      const text = input.value.trim();
      if (text === asked && box.childElementCount) return;
      if (!text) return close();
      asked = text;
      const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(text)).catch(() => null);
      const html = answer?.ok ? await answer.text() : "";
      if (text !== asked || text !== input.value.trim()) return;
      close();
      asked = text;
      box.innerHTML = html;
      if (box.firstElementChild) input.setAttribute("aria-controls", box.firstElementChild.id);
      input.setAttribute("aria-expanded", String(options().length > 0));
      said.textContent = said.dataset.text.replace("{n}", String(options().length));
    };
    const mark = (next) => {
      const list = options();
      if (!list.length) return ask();
      at = (next + list.length) % list.length;
      list.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", list[at].id);
    };
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 80); });
    input.addEventListener("focus", () => { if (input.value.trim() && input.value.trim() !== input.defaultValue) ask(); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        options()[at].click();
      } else if (event.key === "Escape") close();
    });
    document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target) && event.target !== input) close(); });
    input.form.addEventListener("focusout", (event) => { if (event.relatedTarget && !input.form.contains(event.relatedTarget)) close(); });
  }

  // Passkeys: the browser answers a question of the shop's, and the answer travels as an ordinary form.
  const passkeys = window.PublicKeyCredential?.parseRequestOptionsFromJSON && PublicKeyCredential.prototype.toJSON;
  for (const form of passkeys ? all("[data-passkey]") : []) {
    const said = form.querySelector("[data-said]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "1";
      said.textContent = "";
      try {
        const answer = await fetch(form.dataset.ask, { method: "POST" });
        if (answer.redirected) return location.reload(); // who they are must be proved again
        const { challenge, options } = await answer.json();
        const credential = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.querySelector("[name=challenge]").value = challenge;
        form.querySelector("[name=answer]").value = JSON.stringify(credential);
        form.submit();
      } catch (problem) {
        said.textContent = problem.name === "NotAllowedError" ? said.dataset.cancelled : problem.name === "InvalidStateError" ? said.dataset.known : said.dataset.broken;
      } finally {
        delete form.dataset.busy;
      }
    });
  }

  // The menu closes when one goes on elsewhere.
  for (const menu of all("[data-menu]")) {
    document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  // Filters: on a desk every choice counts at once; on a phone the sheet is applied as a whole and closes with Escape.
  for (const form of all("[data-filters]")) {
    const desk = matchMedia("(min-width: 960px)");
    // What is not chosen has no place in the address.
    form.addEventListener("formdata", (event) => { if (!event.formData.get("price")) event.formData.delete("price"); });
    form.addEventListener("change", () => {
      if (!desk.matches) return;
      sessionStorage.setItem("scroll", String(scrollY));
      form.requestSubmit();
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && location.hash === "#filters") location.replace("#list"); });
    // A sheet over the page has the keyboard to itself, and gives it back to what opened it.
    const sheet = document.querySelector("#filters");
    let over = false;
    const cover = () => {
      const now = location.hash === "#filters" && !desk.matches;
      if (now === over) return;
      over = now;
      for (let e = sheet; e !== document.body; e = e.parentElement) for (const other of e.parentElement.children) if (other !== e) other.inert = over;
      if (!over) document.querySelector("[href='#filters']")?.focus();
    };
    cover();
    window.addEventListener("hashchange", cover);
    desk.addEventListener("change", cover);
    const back = sessionStorage.getItem("scroll");
    sessionStorage.removeItem("scroll");
    if (back) scrollTo(0, Number(back));
  }

  // One press, one request: the button rests until the answer is there, or the visitor comes back.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    const button = event.submitter;
    setTimeout(() => {
      if (event.defaultPrevented || !button) return;
      button.disabled = true;
      button.dataset.pressed = "";
      button.setAttribute("aria-busy", "true");
    });
  });
  window.addEventListener("pageshow", () => {
    for (const button of all("[data-pressed]")) {
      button.disabled = false;
      delete button.dataset.pressed;
      button.removeAttribute("aria-busy");
    }
  });

  // Checkout: the recipient is often the buyer.
  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = (name) => document.getElementById("f-" + name);
      field("delivery.recipient").value = field("contact.name").value;
      field("delivery.phone").value = field("contact.phone").value;
      field("delivery.postcode").focus();
    });
  }

  // Phone numbers get their hyphens when the field is left, so that nothing moves under the fingers.
  const hyphens = (text) => {
    const digits = text.replace(/[\s.-]/g, "");
    if (!/^0\d{8,10}$/.test(digits)) return text;
    const head = digits.startsWith("02") ? 2 : 3;
    return digits.slice(0, head) + "-" + digits.slice(head, -4) + "-" + digits.slice(-4);
  };
  for (const input of all("[data-phone]")) {
    input.value = hyphens(input.value);
    input.addEventListener("blur", () => { input.value = hyphens(input.value); });
  }

  // A page that waits for news looks for them by itself, and is loaded again when there are some.
  for (const page of all("[data-refresh]")) {
    const later = (seconds) => setTimeout(async () => {
      const answer = await fetch(location.href).catch(() => null);
      const waits = answer?.ok ? / data-refresh="(\d+)"/.exec(await answer.text()) : [, seconds];
      if (waits) later(waits[1]); else location.reload();
    }, seconds * 1000);
    later(page.dataset.refresh);
  }

  // What the keyboard reaches is seen whole, also in a row that scrolls sideways.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // Start where something is wrong.
  document.querySelector(".field [aria-invalid=true], .tick [aria-invalid=true]")?.focus();
})();
