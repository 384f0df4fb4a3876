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
 * The mapping of a workflow and its file: a changed file replaces the mapping unless it cannot be used. Any thread may read the
 * mapping while one refreshes it.
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
     * The mapping in use.
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

    /** Returns the last valid mapping. */
    public Mapping current() {
        return state.mapping();
    }

    /** Returns why the current file is not in use, with all faults and remedies; empty = it is in use. */
    public Optional<String> problem() {
        return Optional.ofNullable(state.problem());
    }

    /** {@link #refresh(Function)} without further checks. */
    public Mapping refresh() {
        return refresh(_ -> List.of());
    }

    /**
     * Reads the file again and returns the mapping to use: the new one if it is valid, else the old one with a
     * {@link #problem}.
     *
     * @param checks returns further faults of a valid file, such as fields that ACMP does not have
     */
    public Mapping refresh(Function<Mapping, List<MappingFault>> checks) {
        State before = state;
        State after = next(before, checks);
        state = after;
        if (after.problem() != null && !after.problem().equals(before.problem())) {
            log.warn("{}", after.problem());
        } else if (after.mapping() != before.mapping()) {
            log.info("Mapping file changed and is in use (file={})", name);
        }
        return after.mapping();
    }

    private State next(State now, Function<Mapping, List<MappingFault>> checks) {
        try {
            String text = text(file);
            if (text.equals(now.text())) {
                return new State(text, now.mapping(), null);
            }
            Mapping read = MappingFile.read(name, text, policy);
            List<MappingFault> faults = checks.apply(read);
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
