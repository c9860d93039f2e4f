package dev.handfast.xa.spi;

/**
 * Who a resource manager says it is.
 *
 * @param id an id that stays the same over restarts and differs between instances, such as the node
 *     id of a broker or the id of a database
 * @param product the name of the product, for example {@code H2}
 * @param version the version, as the resource manager reports it
 */
public record RmIdentity(String id, String product, String version) {}
