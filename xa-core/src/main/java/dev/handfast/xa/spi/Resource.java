package dev.handfast.xa.spi;

/**
 * The definition of one resource manager: an immutable value that the runtime opens at start.
 *
 * @param <H> what the application is handed, for example {@code javax.sql.DataSource}
 */
public interface Resource<H> {

  /**
   * The permanent name, {@code [a-z][a-z0-9-]*}. It is written into every log record and is how
   * recovery finds the resource manager again, so it must be unique per resource manager instance
   * (one database, one broker node) and must not change while anything is in doubt.
   */
  String name();

  /** The configuration section that the definition belongs to: {@code datasource}, {@code jms}. */
  String kind();

  /** The type of the handle that the application gets. */
  Class<H> handleType();

  /**
   * Opens what the application works with and what recovery works with. It is called once per
   * start, on the starting thread, before any recovery pass. It must succeed although the resource
   * manager cannot be reached; {@link ResourceManager#preflight()} finds that out.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if the definition can never work
   */
  ResourceManager<H> open(ResourceContext context);
}
