package io.acmpintune.engine.console.signin;

import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.console.signin.SignInConfiguration.SignInWays;

/** Shows the sign-in page. */
@Controller
class SignInController {

    private final SignInWays ways;

    SignInController(SignInWays ways) {
        this.ways = ways;
    }

    /** Redirects people who are signed in to the console. */
    @GetMapping(ConsoleRequests.SIGN_IN)
    String signIn(@RequestParam Map<String, String> parameters, @Nullable Authentication person, Model model) {
        if (person != null && person.isAuthenticated()) {
            return "redirect:/console";
        }
        Stream.of("failed", "locked", "signed-out", "no-role", "provider-failed")
                .filter(parameters::containsKey)
                .findFirst()
                .ifPresent(outcome -> model.addAttribute("outcome", outcome));
        model.addAttribute("local", !ways.users().isEmpty());
        ways.oidc().ifPresent(provider -> {
            model.addAttribute("provider", provider.displayName());
            model.addAttribute("providerAddress", OidcSignIn.address());
        });
        model.addAttribute("minutes", LockOut.WINDOW.toMinutes());
        return "console/sign-in";
    }
}
