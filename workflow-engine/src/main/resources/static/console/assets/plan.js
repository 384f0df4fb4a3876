"use strict";
// Copies what a button names. Without this file, or where the browser gives no clipboard, the text is marked and copied by hand.
(() => {
    const offer = () => document.querySelectorAll("button[data-copy][hidden]").forEach((button) => {
        button.hidden = false;
    });
    const mark = (text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const selection = window.getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
    };
    document.addEventListener("click", async (event) => {
        const button = event.target.closest("button[data-copy]");
        if (!button) {
            return;
        }
        const text = document.getElementById(button.dataset.copy);
        mark(text);
        if (navigator.clipboard) {
            const label = button.textContent;
            await navigator.clipboard.writeText(text.textContent);
            button.textContent = button.dataset.copied;
            setTimeout(() => {
                button.textContent = label;
            }, 2000);
        }
    });
    document.addEventListener("DOMContentLoaded", offer);
    document.addEventListener("htmx:afterSettle", offer);
})();
