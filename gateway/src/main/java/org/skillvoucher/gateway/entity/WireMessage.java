package org.skillvoucher.gateway.entity;

/**
 * Marks messages between actors, which are serialised between nodes. The marked type is named in
 * the message, so it must be a class without open type parameters; its components may be any record
 * or sealed interface of the domain.
 */
public interface WireMessage {}
