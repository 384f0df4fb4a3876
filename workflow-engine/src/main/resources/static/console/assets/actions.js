"use strict";
// The selection of clients, the lengths of texts while they are typed, and forms that are sent once.

// What is selected is kept per workflow for as long as the window is open: over pages, filters and reloads.
(() => {
    // more would not fit into an address
    const FEW = 150;
    const language = document.documentElement.lang;
    const bar = () => document.querySelector("form#selection");
    const place = (workflow) => "console-selection:" + workflow;
    const boxes = () => document.querySelectorAll("input[form=selection]");

    const read = (workflow) => {
        try {
            return new Set(JSON.parse(sessionStorage.getItem(place(workflow)) ?? "[]"));
        } catch {
            return new Set();
        }
    };

    const keep = (form, selected) => {
        sessionStorage.setItem(place(form.dataset.workflow), JSON.stringify([...selected]));
        show(form, selected);
    };

    const show = (form, selected) => {
        boxes().forEach((box) => {
            // the script sends what is selected on all pages
            box.removeAttribute("name");
            box.checked = selected.has(box.value);
        });
        const onPage = [...boxes()].filter((box) => box.checked).length;
        const page = document.getElementById("pick-page");
        page.hidden = false;
        page.checked = onPage === boxes().length;
        page.indeterminate = onPage > 0 && onPage < boxes().length;
        const tooMany = selected.size > Number(form.dataset.most);
        const text = selected.size === 0 ? form.dataset.none : tooMany ? form.dataset.tooMany : form.dataset.some;
        form.querySelector(".selected").textContent = text.replace("%", selected.size.toLocaleString(language));
        form.querySelector("[data-select=all]").hidden = false;
        form.querySelector("[data-select=none]").hidden = selected.size === 0;
        form.querySelectorAll(".buttons button").forEach((button) => {
            button.disabled = selected.size === 0 || tooMany;
        });
    };

    const selectAll = async (form, button) => {
        button.disabled = true;
        try {
            const answer = await fetch(form.dataset.all, {headers: {"HX-Request": "true"}});
            if (!answer.ok) {
                location.reload();
                return;
            }
            keep(form, new Set([...read(form.dataset.workflow), ...await answer.json()]));
        } finally {
            button.disabled = false;
        }
    };

    const begin = () => {
        const form = bar();
        if (form) {
            show(form, read(form.dataset.workflow));
            sessionStorage.setItem("console-list", location.pathname + location.search);
        }
        // back to the list as it was
        const list = sessionStorage.getItem("console-list");
        if (list) {
            document.querySelectorAll("a[data-list]").forEach((link) => link.setAttribute("href", list));
        }
        const started = document.querySelector("[data-clear-selection]");
        if (started) {
            sessionStorage.removeItem(place(started.dataset.clearSelection));
        }
    };

    document.addEventListener("change", (event) => {
        const form = bar();
        if (!form) {
            return;
        }
        const selected = read(form.dataset.workflow);
        const set = (box, on) => on ? selected.add(box.value) : selected.delete(box.value);
        if (event.target.id === "pick-page") {
            boxes().forEach((box) => set(box, event.target.checked));
            keep(form, selected);
        } else if (event.target.matches("input[form=selection]")) {
            set(event.target, event.target.checked);
            keep(form, selected);
        }
    });

    document.addEventListener("click", (event) => {
        const form = bar();
        const button = event.target.closest("[data-select]");
        if (form && button) {
            if (button.dataset.select === "all") {
                selectAll(form, button);
            } else {
                keep(form, new Set());
            }
        }
    });

    document.addEventListener("submit", (event) => {
        if (event.target.id !== "selection") {
            return;
        }
        const form = event.target;
        const selected = read(form.dataset.workflow);
        const many = selected.size > FEW;
        form.querySelector("[name=client]")?.remove();
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "client";
        field.value = [...selected].join(",");
        form.append(field);
        form.method = many ? "post" : "get";
        form.querySelector("[name=_csrf]").disabled = !many;
    });

    document.addEventListener("DOMContentLoaded", begin);
    document.addEventListener("htmx:afterSettle", begin);
    // a page that the browser kept while another one changed the selection
    window.addEventListener("pageshow", (event) => event.persisted && begin());
})();

// How much of a text's length is used.
(() => {
    const count = (field) => {
        const output = document.querySelector(`output[for="${field.id}"]`);
        output.textContent = field.dataset.count.replace("%", field.value.length);
    };
    const begin = () => document.querySelectorAll("[data-counted]").forEach(count);
    document.addEventListener("input", (event) => event.target.matches("[data-counted]") && count(event.target));
    document.addEventListener("DOMContentLoaded", begin);
    window.addEventListener("pageshow", begin);
})();

// The server makes one job of a form that is sent twice; that the button rests meanwhile is for the eye.
(() => {
    document.addEventListener("submit", (event) => {
        if (event.target.matches("form.once")) {
            if (event.target.dataset.sent) {
                event.preventDefault();
            }
            event.target.dataset.sent = "yes";
        }
    });
    window.addEventListener("pageshow", () => {
        document.querySelectorAll("form.once").forEach((form) => delete form.dataset.sent);
    });
})();
