package io.acmpintune.engine.console.signin;

import java.util.Map;
import java.util.Optional;
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
        Optional<String> outcome = Stream
                .of("failed", "too-soon", "revoked", "signed-out", "no-role", "provider-failed")
                .filter(parameters::containsKey)
                .findFirst();
        // with an outcome, a redirect could lead to the provider and back for ever
        if (person != null && person.isAuthenticated() && outcome.isEmpty()) {
            return "redirect:/console";
        }
        outcome.ifPresent(word -> model.addAttribute("outcome", word));
        model.addAttribute("local", !ways.users().isEmpty());
        ways.oidc().ifPresent(provider -> {
            model.addAttribute("provider", provider.displayName());
            model.addAttribute("providerAddress", OidcSignIn.address());
        });
        return "console/sign-in";
    }
}
