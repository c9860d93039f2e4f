package dev.handfast.xa;

import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceManager;

/**
 * A definition and what it was opened to.
 *
 * @param definition as given by the application
 * @param manager its handle and its face of recovery
 */
record OpenResource(Resource<?> definition, ResourceManager<?> manager) {}
