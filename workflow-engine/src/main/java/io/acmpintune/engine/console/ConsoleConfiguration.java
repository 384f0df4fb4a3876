package io.acmpintune.engine.console;

import java.time.Duration;
import java.util.Locale;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

import io.acmpintune.runtime.access.RouteRules;

/** The console's pages within Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration implements WebMvcConfigurer {

    private static final Duration A_YEAR = Duration.ofDays(365);

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", "/console");
    }

    @Bean
    RouteRules consoleRoutes() {
        return ConsoleRoutes.RULES;
    }

    /** As chosen in the console, else as the browser asks; English for whom neither speaks a language of ours. */
    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver languages = new CookieLocaleResolver("console-language");
        languages.setCookiePath("/console");
        languages.setCookieMaxAge(A_YEAR);
        languages.setCookieHttpOnly(true);
        languages.setCookieSameSite("Lax");
        languages.setRejectInvalidCookies(false);
        languages.setDefaultLocaleFunction(request -> Languages.of(request.getLocale()));
        return languages;
    }

    /** The languages that the console speaks. */
    static final class Languages {

        private Languages() {}

        static Locale of(Locale wanted) {
            return wanted.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : Locale.ENGLISH;
        }
    }
}
