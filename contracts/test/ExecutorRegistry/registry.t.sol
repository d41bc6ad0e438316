// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "../../src/interfaces/IExecutorRegistry.sol";
import {Deployed} from "../support/Deployed.sol";
import {vm} from "../support/Vm.sol";

contract ExecutorRegistryTest {
    address private constant OWNER = address(0x1);
    address private constant NEXT = address(0x2);
    address private constant KEY = address(0x3);

    IExecutorRegistry private registry;

    function setUp() public {
        registry = Deployed.registry(OWNER);
    }

    function test_only_the_owner_lets_keys_in_and_out() public {
        expectNotOwner(KEY);
        vm.prank(KEY);
        registry.setExecutor(KEY, true);
        expectSet(KEY, true);
        vm.prank(OWNER);
        registry.setExecutor(KEY, true);
        vm.assertTrue(registry.isExecutor(KEY), "in");
        vm.assertTrue(!registry.isExecutor(OWNER), "the owner is no executor himself");
        expectNotOwner(KEY);
        vm.prank(KEY);
        registry.setExecutor(NEXT, true);
        expectSet(KEY, false);
        vm.prank(OWNER);
        registry.setExecutor(KEY, false);
        vm.assertTrue(!registry.isExecutor(KEY), "out");
    }

    function test_ownership_moves_in_two_steps() public {
        expectNotOwner(NEXT);
        vm.prank(NEXT);
        registry.transferOwnership(NEXT);
        vm.prank(OWNER);
        registry.transferOwnership(NEXT);
        vm.assertEq(registry.owner(), OWNER, "not yet");
        expectNotPending(KEY);
        vm.prank(KEY);
        registry.acceptOwnership();
        vm.prank(NEXT);
        registry.acceptOwnership();
        vm.assertEq(registry.owner(), NEXT, "the nominated one");
        vm.assertEq(registry.pendingOwner(), address(0), "no nomination is left");
        expectNotPending(NEXT);
        vm.prank(NEXT);
        registry.acceptOwnership();
        expectNotOwner(OWNER);
        vm.prank(OWNER);
        registry.setExecutor(KEY, true);
    }

    function test_a_nomination_can_be_taken_back() public {
        vm.prank(OWNER);
        registry.transferOwnership(NEXT);
        vm.prank(OWNER);
        registry.transferOwnership(address(0));
        expectNotPending(NEXT);
        vm.prank(NEXT);
        registry.acceptOwnership();
        expectNotPending(KEY);
        vm.prank(KEY);
        registry.acceptOwnership();
    }

    function test_nobody_is_neither_owner_nor_executor() public {
        vm.expectRevert(abi.encodeWithSelector(IExecutorRegistry.AddressMissing.selector));
        vm.prank(OWNER);
        registry.setExecutor(address(0), true);
        bytes memory code = bytes.concat(
            vm.parseBytes(vm.readFile("contracts/out/creation/ExecutorRegistry.hex")), abi.encode(address(0))
        );
        address deployed;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        vm.assertEq(deployed, address(0), "not deployed");
    }

    function expectSet(address executor, bool allowed) private {
        vm.expectEmit(true, true, true, true, address(registry));
        emit IExecutorRegistry.ExecutorSet(executor, allowed);
    }

    function expectNotOwner(address sender) private {
        vm.expectRevert(abi.encodeWithSelector(IExecutorRegistry.NotOwner.selector, sender));
    }

    function expectNotPending(address sender) private {
        vm.expectRevert(abi.encodeWithSelector(IExecutorRegistry.NotPendingOwner.selector, sender));
    }
}
