// Makes quicker what already works without it. Every page is complete when this never loads.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A product: what is left of a size depends on the colour, and the picture follows it.
  for (const form of all("[data-options]")) {
    const main = document.querySelector("[data-main]");
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
      few.hidden = shown === "";
    };
    form.addEventListener("change", (event) => {
      const picture = event.target.dataset.picture;
      if (picture && main && main.getAttribute("src") !== picture) {
        const other = all(".more img").find((img) => img.getAttribute("src") === picture);
        const was = [main.getAttribute("src"), main.alt];
        main.src = picture;
        main.alt = other ? other.alt : document.querySelector("h1").textContent;
        if (other) [other.src, other.alt] = was;
      }
      update();
    });
    update();
    window.addEventListener("pageshow", update);
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

  // Start where something is wrong.
  document.querySelector(".field [aria-invalid=true], .tick [aria-invalid=true]")?.focus();
})();
