package dev.handfast.xa.spi;

/**
 * A resource for a reader's eye; none of it is secret.
 *
 * @param name the resource's name
 * @param kind {@code datasource}, {@code jms}
 * @param url with secrets masked
 * @param user the user of the application's work, empty if none
 */
public record ResourceDescription(String name, String kind, String url, String user) {}
