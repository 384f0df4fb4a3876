package io.acmpintune.engine.person;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.acmpintune.engine.audit.AuditedConfiguration;

/** Reads the configured persons. */
@Configuration(proxyBeanMethods = false)
class PersonConfiguration {

    private static final String KEY = "engine.persons";

    @Bean
    Ties ties(Environment environment) {
        return Ties.read(Binder.get(environment)
                .bind(KEY, Bindable.listOf(PersonProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElse(List.of()));
    }

    @Bean
    Persons persons(Ties ties, SignedInNames names) {
        return new Persons(ties, names);
    }

    @Bean
    AuditedConfiguration auditedPersons(Ties ties) {
        TreeMap<String, String> values = new TreeMap<>();
        ties.persons()
                .values()
                .stream()
                .distinct()
                .forEach(person -> values.put(KEY + "." + person,
                        ties.identitiesOf(person).stream().sorted().collect(Collectors.joining(","))));
        return () -> values;
    }
}
