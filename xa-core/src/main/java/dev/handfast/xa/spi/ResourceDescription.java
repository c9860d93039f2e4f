package dev.handfast.xa.spi;

/**
 * Describes a resource to a reader; no value is a secret.
 *
 * @param name the resource's name
 * @param kind {@code datasource}, {@code jms}
 * @param url its URL, with secrets masked
 * @param user the user of the application's work, empty if none
 */
public record ResourceDescription(String name, String kind, String url, String user) {}
