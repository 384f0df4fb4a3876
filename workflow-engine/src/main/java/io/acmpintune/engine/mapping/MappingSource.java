package io.acmpintune.engine.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

import io.acmpintune.engine.workflow.PersonalDataPolicy;

/**
 * The mapping of a workflow, and the file that it comes from: when that changes, the mapping does, unless the new file cannot
 * be used. It may be read by any thread while one refreshes it.
 */
public final class MappingSource {

    private static final Logger log = LoggerFactory.getLogger(MappingSource.class);

    private final String name;
    private final Resource file;
    private final PersonalDataPolicy policy;
    private volatile State state;

    private MappingSource(String name, Resource file, PersonalDataPolicy policy) throws IOException {
        this.name = name;
        this.file = file;
        this.policy = policy;
        String text = text(file);
        this.state = new State(text, MappingFile.read(name, text, policy), null);
    }

    /**
     * What is in use.
     *
     * @param text of the file that it was read from
     * @param problem why a later state of the file is not in use
     */
    private record State(String text, Mapping mapping, @Nullable String problem) {}

    /**
     * Reads the mapping for the first time.
     *
     * @param location a path or a Spring resource location such as {@code classpath:mapping/mobile-devices.yml}
     * @throws IOException if the file cannot be read
     * @throws InvalidMappingException if it cannot be used
     */
    public static MappingSource open(String location, ResourceLoader files, PersonalDataPolicy policy)
            throws IOException {
        return new MappingSource(location,
                files.getResource(location.contains(":") ? location : "file:" + location), policy);
    }

    /** The mapping as it was last good. */
    public Mapping current() {
        return state.mapping();
    }

    /** Why the file as it now is is not in use, with all that is wrong with it and what to do; empty = it is in use. */
    public Optional<String> problem() {
        return Optional.ofNullable(state.problem());
    }

    /** {@link #refresh(Function)} without further demands. */
    public Mapping refresh() {
        return refresh(_ -> List.of());
    }

    /**
     * Reads the file again and answers the mapping that is to be used: the new one if it is good, else the old one, and then
     * there is a {@link #problem}.
     *
     * @param demands what is wrong with a mapping that could be read, such as that ACMP does not know a field
     */
    public Mapping refresh(Function<Mapping, List<MappingFault>> demands) {
        State before = state;
        State after = next(before, demands);
        state = after;
        if (after.problem() != null && !after.problem().equals(before.problem())) {
            log.warn("{}", after.problem());
        } else if (after.mapping() != before.mapping()) {
            log.info("{} has changed and is in use", name);
        }
        return after.mapping();
    }

    private State next(State now, Function<Mapping, List<MappingFault>> demands) {
        try {
            String text = text(file);
            if (text.equals(now.text())) {
                return new State(text, now.mapping(), null);
            }
            Mapping read = MappingFile.read(name, text, policy);
            List<MappingFault> faults = demands.apply(read);
            return faults.isEmpty() ? new State(text, read, null) : refused(now, faults);
        } catch (InvalidMappingException e) {
            return refused(now, e.faults());
        } catch (IOException e) {
            return kept(now, name + " cannot be read (" + e.getMessage() + "). Put the file back.");
        }
    }

    private static State refused(State now, List<MappingFault> faults) {
        return kept(now, faults.stream().map(MappingFault::toString).collect(Collectors.joining(" ")));
    }

    private static State kept(State now, String problem) {
        return new State(now.text(), now.mapping(), "The mapping as it was before is in use. " + problem);
    }

    private static String text(Resource file) throws IOException {
        return file.getContentAsString(StandardCharsets.UTF_8);
    }
}
