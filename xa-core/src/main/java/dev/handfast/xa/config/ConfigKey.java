package dev.handfast.xa.config;

/**
 * One configuration key as the reference in docs/configuration.md tells it.
 *
 * @param name full for the runtime's own keys, relative to the section for a resource's
 * @param type for a reader: {@code duration}, {@code integer}, {@code path}, {@code secret} …
 * @param defaultValue as it would be written, empty if there is none
 * @param meaning one sentence
 */
public record ConfigKey(String name, String type, String defaultValue, String meaning) {}
