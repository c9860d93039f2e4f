package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceManager;

/**
 * A definition and what it was opened to.
 *
 * @param definition as given by the application
 * @param manager its handle and its face of recovery
 */
public record OpenResource(Resource<?> definition, ResourceManager<?> manager) {

  /** The permanent name. */
  public String name() {
    return definition.name();
  }
}
