package io.acmpintune.runtime.startup;

/**
 * One thing wrong with the configuration.
 *
 * @param key the property's full name
 * @param reason what is wrong with its value; never the value of a secret
 * @param remedy what to set
 */
public record ConfigurationFault(String key, String reason, String remedy) {

    @Override
    public String toString() {
        return key + ": " + reason + ". " + remedy + ".";
    }
}
