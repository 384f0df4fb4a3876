package io.acmpintune.runtime.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes that a service's controllers serve, as Spring MVC maps them. */
public final class MappedRoutes {

    private static final Set<String> IDS = Set.of("{id}", "{clientId}", "{engine}");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private MappedRoutes() {}

    /**
     * A route.
     *
     * @param takesBody whether the controller reads a body
     */
    public record Route(String method, String pattern, boolean takesBody) {

        /** As tables of expectations write it. */
        public String text() {
            return method + " " + pattern;
        }

        /** An address of the route that names nothing that exists, though each variable has the right form. */
        public String unknownAddress() {
            return VARIABLE.matcher(pattern.replace("removal-holds/{id}", "removal-holds/999999"))
                    .replaceAll(variable -> IDS.contains(variable.group())
                            ? UUID.randomUUID().toString()
                            : "Nobody_1");
        }

        public boolean namesSomething() {
            return VARIABLE.matcher(pattern).find();
        }
    }

    /** All routes but the container's error page. */
    public static List<Route> of(ApplicationContext context) {
        return context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(mapping -> !mapping.getKey().getPatternValues().contains("/error"))
                .flatMap(mapping -> of(mapping).stream())
                .sorted((one, other) -> one.text().compareTo(other.text()))
                .toList();
    }

    private static List<Route> of(Map.Entry<RequestMappingInfo, HandlerMethod> mapping) {
        boolean takesBody = List.of(mapping.getValue().getMethodParameters())
                .stream()
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
        return mapping.getKey()
                .getPatternValues()
                .stream()
                .flatMap(pattern -> mapping.getKey()
                        .getMethodsCondition()
                        .getMethods()
                        .stream()
                        .map(method -> new Route(method.name(), pattern, takesBody)))
                .toList();
    }
}
