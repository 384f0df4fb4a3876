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

/** Configures the console in Spring MVC. */
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

    /** Resolves the language from the console's cookie, else from the browser; English if neither is supported. */
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

    /** The languages of the console. */
    static final class Languages {

        private Languages() {}

        static Locale of(Locale preferred) {
            return preferred.getLanguage().equals(Locale.GERMAN.getLanguage()) ? Locale.GERMAN : Locale.ENGLISH;
        }
    }
}
