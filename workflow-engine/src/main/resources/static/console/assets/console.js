"use strict";
// Tells the server the viewer's time zone, so that pages come with the right times. Everything else works without this file.
(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const known = document.cookie.split("; ").find((cookie) => cookie.startsWith("console-zone="));
    if (zone && known !== "console-zone=" + zone) {
        const secure = location.protocol === "https:" ? "; Secure" : "";
        document.cookie = "console-zone=" + zone + "; Path=/console; Max-Age=31536000; SameSite=Lax" + secure;
    }
    // whoever signs in begins with nothing selected by another
    if (document.getElementById("password")) {
        sessionStorage.clear();
    }
    // an open menu closes where its user goes on
    document.addEventListener("click", (event) => {
        document.querySelectorAll("details.menu[open]").forEach((menu) => {
            if (!menu.contains(event.target)) {
                menu.open = false;
            }
        });
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            document.querySelectorAll("details.menu[open]").forEach((menu) => {
                menu.open = false;
                menu.querySelector("summary").focus();
            });
        }
    });
})();
