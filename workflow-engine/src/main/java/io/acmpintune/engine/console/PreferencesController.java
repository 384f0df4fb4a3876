package io.acmpintune.engine.console;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Stores the viewer's language and theme in cookies, and returns to the page. */
@Controller
class PreferencesController {

    private static final Pattern OWN_PAGE = Pattern.compile("/console(?:[/?][^\\\\\\s]*)?");
    private static final Duration A_YEAR = Duration.ofDays(365);

    private final LocaleResolver languages;

    PreferencesController(LocaleResolver languages) {
        this.languages = languages;
    }

    @PostMapping("/console/preferences")
    String keep(@RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String theme,
            @RequestParam(defaultValue = "/console") String back,
            HttpServletRequest request, HttpServletResponse response) {
        if (language != null) {
            languages.setLocale(request, response,
                    ConsoleConfiguration.Languages.of(Locale.forLanguageTag(language)));
        }
        if (theme != null && Frames.THEMES.contains(theme)) {
            response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(Frames.THEME_COOKIE, theme)
                    .path("/console")
                    .maxAge(A_YEAR)
                    .httpOnly(true)
                    .secure(request.isSecure())
                    .sameSite("Lax")
                    .build()
                    .toString());
        }
        return "redirect:" + (OWN_PAGE.matcher(back).matches() ? back : "/console");
    }
}
